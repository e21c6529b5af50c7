"""Read the files of patterns/ and validate them, reporting every fault at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from kgdocs.errors import PatternsError
from kgdocs.grammar.named import unknown_names
from kgdocs.grammar.schema import FILES
from kgdocs.grammar.shapes import Shape
from kgdocs.paths import hash_of

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same files, slower


class WordLoader(_Base):  # type: ignore[misc]
    """YAML in which "on", "off", "yes" and "no" are words, as their readers expect, and no key stands twice."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
        for first, found in _Base.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Make the mapping of a node; raises ConstructorError where a key stands twice, of which YAML drops one."""
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(made) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for at, (key, _) in enumerate(node.value) if key.value in keys[:at])
            raise yaml.constructor.ConstructorError(None, None, f"{twice.value!r} stands twice", twice.start_mark)
        return made


WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load_patterns(folder: Path) -> tuple[dict[str, Any], str]:
    """Return the validated files of `folder` by name, and a hash of their contents.

    Raises PatternsError with one line per fault (file and line, path inside the file, what is wrong).
    """
    files: dict[str, Any] = {}
    contents: dict[str, bytes] = {}
    faults = [
        f"{path.name}: no file of patterns has this name" for path in folder.glob("*.yml") if path.stem not in FILES
    ]
    for name, shape in FILES.items():
        path = folder / f"{name}.yml"
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            faults.append(f"{path.name}: cannot be read ({error.strerror})")
            continue
        files[name], found = _parse(path.name, contents[name], shape)
        faults.extend(found)
    faults.extend(_ids_that_stand_twice(files, contents))
    if not faults:
        named = [(name, Places(contents[name]).line(path), path, what) for name, path, what in unknown_names(files)]
        faults = [f"{name}.yml:{line}: {'.'.join(map(str, path))}: {what}" for name, line, path, what in named]
    if faults:
        raise PatternsError(faults)
    return files, hash_of(contents)


def _parse(name: str, content: bytes, shape: type[Shape]) -> tuple[Shape | None, list[str]]:
    """Parse and validate one file; returns it, or None and its faults."""
    try:
        return shape.model_validate(yaml.load(content, Loader=WordLoader)), []
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        return None, [f"{name}{line}: not valid YAML: {' '.join((error.problem or str(error)).split())}"]
    except yaml.YAMLError as error:
        return None, [f"{name}: not valid YAML: {' '.join(str(error).split())}"]
    except ValidationError as error:
        places = Places(content)
        return None, [_fault(name, detail, places) for detail in error.errors()]


def _fault(name: str, detail: Any, places: "Places") -> str:
    """One line for one fault; an unknown key is told by its name."""
    where = ".".join(str(part) for part in detail["loc"])
    what = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"].removeprefix("Value error, ")
    return f"{name}:{places.line(detail['loc'])}: {where}: {what}" if where else f"{name}: {what}"


class Places:
    """Where the parts of one file of patterns stand; made where somebody has to be told."""

    def __init__(self, content: bytes) -> None:
        """Parse `content`, which is YAML."""
        self._root = yaml.compose(content, Loader=WordLoader)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line, from 1, of a path inside the file; of what is not there, that of the part it is missing in."""
        node, line = self._root, 1
        for part in path:
            found = _within(node, part)
            if found is None:
                break
            node, line = found
        return line


def _within(node: Any, part: str | int) -> tuple[Any, int] | None:
    """One part of a node and its line, None where it has no such part."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line + 1
    return None


def _ids_that_stand_twice(files: Mapping[str, Shape | None], contents: Mapping[str, bytes]) -> Iterator[str]:
    """One line for each id that stands more than once in one list."""
    for name, shape in files.items():
        for field, rules in shape or ():
            if not isinstance(rules, tuple) or not rules or not hasattr(rules[0], "id"):
                continue
            seen: set[str] = set()
            for at, rule in enumerate(rules):
                if rule.id in seen:
                    line = Places(contents[name]).line((field, at))
                    yield f"{name}.yml:{line}: {field}: id {rule.id!r} stands twice"
                seen.add(rule.id)
