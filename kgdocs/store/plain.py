"""Frozen values ↔ lists and numbers that JSON can keep: a value is the list of its fields, in their order."""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_SIMPLE = frozenset({str, int, float, bool, type(None)})
Decoder = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Return a value, or a tuple or mapping of values, as lists, dicts, texts and numbers."""
    kind = value.__class__
    if kind in _SIMPLE:
        return value
    if kind is tuple:
        return [one if one.__class__ in _SIMPLE else to_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: to_plain(one) for key, one in value.items()}
    found = [getattr(value, name) for name in _names(kind)]
    return [one if one.__class__ in _SIMPLE else to_plain(one) for one in found]


def from_plain(kind: Callable[..., T], plain: Any) -> T:
    """Return the value of a dataclass that `to_plain` was given; raises ValueError or TypeError where it is none."""
    value: T = _decoder(kind)(plain)
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@cache
def _decoder(kind: Any) -> Decoder:
    """What makes a value of a dataclass out of the list of its fields."""
    names, hints = _names(kind), typing.get_type_hints(kind)
    made = [(place, one) for place, name in enumerate(names) if (one := _of_hint(hints[name]))]

    def decode(plain: Any) -> Any:
        found = list(plain)
        if len(found) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, found {len(found)}.")
        for place, one in made:
            if found[place] is not None:
                found[place] = one(found[place])
        return kind(**dict(zip(names, found, strict=True)))

    return decode


def _of_hint(hint: Any) -> Decoder | None:
    """What makes a value of such a type, None where it stays as it is."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (hint,) = [one for one in arguments if one is not type(None)]
        return _of_hint(hint)
    if origin is tuple:
        one = _of_hint(arguments[0])
        return (lambda plain: tuple(one(value) for value in plain)) if one else tuple
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        inner = _of_hint(arguments[1])
        return (lambda plain: {key: inner(one) for key, one in plain.items()}) if inner else dict
    return _decoder(hint) if is_dataclass(hint) and isinstance(hint, type) else None
