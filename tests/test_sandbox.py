"""A file that takes all time, all memory or the whole process is ended with a reason, and the next one is read."""

import multiprocessing
import os
import threading
import time

import pytest

from kgdocs.errors import SourceError
from kgdocs.read.sandbox import Child


def work(what):
    """What files may do to who reads them."""
    if what == "sleep":
        time.sleep(60)
    if what == "memory":
        return len(bytearray(4 * 1024 * 1024 * 1024))
    if what == "die":
        os._exit(3)
    if what == "refuse":
        raise SourceError("Tệp hỏng.")
    return f"{what} {multiprocessing.parent_process() is not None}"


@pytest.fixture
def child():
    child = Child(work, seconds=2)
    yield child
    child.close()


@pytest.mark.parametrize(
    ("what", "reason"),
    [("sleep", "quá 2 giây"), ("memory", "bộ nhớ"), ("die", "làm hỏng tiến trình"), ("refuse", "Tệp hỏng")],
)
def test_what_is_done_to_the_child_is_told_and_the_next_is_read(child, what, reason):
    assert child.call("first") == "first True"
    with pytest.raises(SourceError, match=reason):
        child.call(what)
    assert child.call("next") == "next True"


def test_one_child_reads_many(child):
    child.call("first")
    process = child._process
    child.call("second")
    assert child._process is process


def test_threads_take_turns(child):
    found = []
    threads = [threading.Thread(target=lambda at=at: found.append(child.call(f"{at}"))) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.split()[0] for one in found) == [str(at) for at in range(6)]


def test_an_error_of_ours_is_not_hidden(child):
    with pytest.raises(SourceError, match="làm hỏng tiến trình"):
        child.call("too", "many")
