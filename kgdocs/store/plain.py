"""Frozen values ↔ lists and numbers that JSON can keep: a value is the list of its fields, in their order.

What is done with each class is worked out once, from the types of its fields: readings are packed and unpacked by the million.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
Way = Callable[[Any], Any]
"""What makes a plain value of a value, or the other way round; None where it stays as it is."""


def to_plain(value: Any) -> Any:
    """Return a value of a dataclass as lists, dicts, texts and numbers."""
    return _encoder(value.__class__)(value)


def from_plain(kind: Callable[..., T], plain: Any) -> T:
    """Return the value of a dataclass that `to_plain` was given; raises ValueError or TypeError where it is none.

    The lists of `plain` are used up.
    """
    value: T = _decoder(kind)(plain)
    return value


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The names and types of a dataclass's fields."""
    hints = typing.get_type_hints(kind)
    return tuple((one.name, hints[one.name]) for one in fields(kind))


@cache
def _encoder(kind: Any) -> Way:
    """What makes the list of its fields out of a value of a dataclass."""
    found = _fields(kind)
    made = [(place, way) for place, (_, hint) in enumerate(found) if (way := _way(hint, _encoder, list))]
    values = attrgetter(*(name for name, _ in found)) if len(found) > 1 else _only(found[0][0])

    def encode(value: Any) -> Any:
        plain = list(values(value))
        for place, way in made:
            if plain[place] is not None:
                plain[place] = way(plain[place])
        return plain

    return encode


def _only(name: str) -> Way:
    """The one field of a class, as several come."""
    value = attrgetter(name)
    return lambda one: (value(one),)


@cache
def _decoder(kind: Any) -> Way:
    """What makes a value of a dataclass with slots out of the list of its fields.

    The fields are set one by one: called with names, a frozen class takes twice as long.
    """
    found = _fields(kind)
    made = [(place, way) for place, (_, hint) in enumerate(found) if (way := _way(hint, _decoder, tuple))]
    setters = [getattr(kind, name).__set__ for name, _ in found]
    count, new = len(found), kind.__new__

    def decode(plain: Any) -> Any:
        if len(plain) != count:
            raise ValueError(f"{kind.__name__} has {count} fields, found {len(plain)}.")
        for place, way in made:
            if plain[place] is not None:
                plain[place] = way(plain[place])
        value = new(kind)
        for setter, field in zip(setters, plain, strict=True):
            setter(value, field)
        return value

    return decode


def _way(hint: Any, of_class: Callable[[Any], Way], sequence: Callable[[Any], Any]) -> Way | None:
    """What is done with a value of such a type; `sequence` is what tuples are made into."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        (hint,) = [one for one in arguments if one is not type(None)]
        return _way(hint, of_class, sequence)
    if origin is tuple:
        one = _way(arguments[0], of_class, sequence)
        return (lambda value: sequence(map(one, value))) if one else sequence
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        inner = _way(arguments[1], of_class, sequence)
        return (lambda value: {key: inner(one) for key, one in value.items()}) if inner else dict
    return of_class(hint) if is_dataclass(hint) and isinstance(hint, type) else None
