"""Read the files of patterns/ and validate them, reporting every fault at once."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from kgdocs.errors import PatternsError
from kgdocs.grammar.schema import FILES
from kgdocs.grammar.shapes import Shape

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same files, slower


class WordLoader(_Base):  # type: ignore[misc]
    """YAML in which "on", "off", "yes" and "no" are words, as their readers expect."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
        for first, found in _Base.yaml_implicit_resolvers.items()
    }


WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load_patterns(folder: Path) -> tuple[dict[str, Any], str]:
    """Return the validated files of `folder` by name, and a hash of their contents.

    Raises PatternsError with one line per fault (file, path inside the file, what is wrong).
    """
    files: dict[str, Any] = {}
    faults: list[str] = []
    digest = hashlib.sha256()
    for name, shape in FILES.items():
        path = folder / f"{name}.yml"
        try:
            content = path.read_bytes()
        except OSError as error:
            faults.append(f"{path.name}: cannot be read ({error.strerror})")
            continue
        digest.update(name.encode() + b"\0" + content)
        parsed, found = _parse(path.name, content, shape)
        files[name] = parsed
        faults.extend(found)
    if faults:
        raise PatternsError(faults)
    return files, digest.hexdigest()


def _parse(name: str, content: bytes, shape: type[Shape]) -> tuple[Shape | None, list[str]]:
    """Parse and validate one file; returns it, or None and its faults."""
    try:
        return shape.model_validate(yaml.load(content, Loader=WordLoader)), []
    except yaml.YAMLError as error:
        return None, [f"{name}: not valid YAML: {' '.join(str(error).split())}"]
    except ValidationError as error:
        return None, [_fault(name, detail) for detail in error.errors()]


def _fault(name: str, detail: Any) -> str:
    """One line for one fault; an unknown key is told by its name."""
    where = ".".join(str(part) for part in detail["loc"])
    what = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"]
    return f"{name}: {where}: {what}"


def duplicate_ids(rules: Iterator[Any]) -> list[str]:
    """Return the ids that stand more than once among `rules`."""
    seen: set[str] = set()
    return [rule.id for rule in rules if rule.id in seen or seen.add(rule.id)]  # type: ignore[func-returns-value]
