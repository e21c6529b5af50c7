"""What was worked out lately, by a key that differs from what it was worked out of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Found = TypeVar("_Found")


class Recent(Generic[_Found]):
    """Remembers up to `most` values; the one that nobody asked for longest goes first, so that what is often asked for stays."""

    def __init__(self, most: int) -> None:
        """Remember nothing yet."""
        self._most = most
        self._known: OrderedDict[Hashable, _Found] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], _Found]) -> _Found:
        """Return the value of `key`, made where it is not remembered."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if len(self._known) >= self._most:
            self._known.popitem(last=False)
        found = self._known[key] = make()
        return found
