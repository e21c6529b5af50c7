"""When Python looks for garbage: not while a command makes what it keeps to its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected() -> Iterator[None]:
    """Throw away at the end of the block what was made in it and holds itself; what was there before is not looked at."""
    frozen = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        if not frozen:
            gc.unfreeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage within the block: little is thrown away before its end, and to look all over again takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
