"""Run a command and write what it cost to a file: `python -S spent.py FILE COMMAND…`.

A process of its own, and a small one: what Linux tells as the peak memory of a child is at least that of the process that began it.
"""

import json
import os
import sys


def main() -> int:
    """Run, write {"seconds", "wall", "peak"} (seconds, seconds, bytes), and end as the command did."""
    path, *command = sys.argv[1:]
    begun = os.times().elapsed
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    spent = {
        "seconds": usage.ru_utime + usage.ru_stime,
        "wall": os.times().elapsed - begun,
        "peak": usage.ru_maxrss * 1024,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(spent, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
