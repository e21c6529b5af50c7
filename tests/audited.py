"""What pip-audit found, in one line each: `python tests/audited.py found.json`; 1 where a pinned package has a known hole.

pip-audit says "no known vulnerabilities" also of packages that it could not look up; those are told as not audited.
"""

import json
import sys
from pathlib import Path


def told(found: list[dict]) -> tuple[list[str], int]:
    """Return the lines to print for the `dependencies` of a report, and the exit code."""
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one.get("vulns", ())]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    lines = [*holes, f"== {len(found) - len(skipped)} of {len(found)} packages audited, {len(holes)} known holes"]
    if skipped:
        lines.append(f"== not audited, for the database of known holes did not answer for them: {', '.join(skipped)}")
    return lines, 1 if holes else 0


if __name__ == "__main__":
    report = Path(sys.argv[1])
    lines, code = told(json.loads(report.read_text(encoding="utf-8"))["dependencies"]) if report.is_file() else ([], 0)
    print("\n".join(lines or ["== the database of known holes could not be reached; no package was audited"]))
    sys.exit(code)
