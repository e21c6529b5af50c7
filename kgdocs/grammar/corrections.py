"""corrections.yml: what persons decided about mentions and documents, validated, every fault with its line.

Values are taken from YAML as they are written, never constructed, so that each keeps its
place and no file can make more of itself than its text.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args

import yaml
from pydantic import AfterValidator, Field, NonNegativeInt, StringConstraints, ValidationError

from kgdocs.grammar.load import WordLoader
from kgdocs.grammar.shapes import Shape
from kgdocs.models import Correction, CorrectionKind

MAX_LENGTH = 2_000_000
_MAX_DEPTH = 8
_NULL = "tag:yaml.org,2002:null"


def _iso_day(text: str) -> str:
    """A day as 2026-11-25; raises ValueError for any other writing."""
    if len(text) != 10:
        raise ValueError(text)
    return date.fromisoformat(text).isoformat()


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[str, AfterValidator(_iso_day)]
DocumentId = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]+(/[0-9a-z-]+)*$")]
Documents = Annotated[tuple[DocumentId, ...], Field(min_length=2)]


class Decision(Shape):
    """What every decision says: who, when, and a note."""

    by: Text
    on: Day
    note: Text | None = None


class Means(Decision):
    """A mention means this document."""

    means: DocumentId
    mention: Text
    source: Text | None = None
    at: NonNegativeInt | None = None


class Same(Decision):
    """These documents are one."""

    same: Documents


class Different(Decision):
    """These documents are not the same."""

    different: Documents


_SHAPES: Mapping[str, type[Means | Same | Different]] = {"means": Means, "same": Same, "different": Different}

_WRONG = {
    "missing": "thiếu",
    "extra_forbidden": "khóa lạ",
    "string_too_short": "để trống",
    "string_type": "phải là chữ",
    "string_pattern_mismatch": "không phải mã văn bản",
    "value_error": "phải là ngày dạng 2026-11-25",
    "int_type": "phải là số nguyên không âm",
    "int_parsing": "phải là số nguyên không âm",
    "greater_than_equal": "phải là số nguyên không âm",
    "too_short": "phải có từ hai văn bản trở lên",
    "tuple_type": "phải là danh sách văn bản",
}
"""What pydantic calls a fault → what the person who wrote the file is told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, at which line and in which item (0: the file itself)."""

    line: int
    item: int
    what: str

    def __str__(self) -> str:
        """One line for the reader of the file."""
        return f"dòng {self.line}{f', mục {self.item}' if self.item else ''}: {self.what}"


def parse_corrections(text: str) -> tuple[tuple[Correction, ...], tuple[Fault, ...]]:
    """Return the decisions in the text of a corrections.yml, and all its faults in the order of lines."""
    items, faults = _items(text)
    found: list[tuple[int, int, Correction]] = []
    for number, node in enumerate(items, 1):
        correction, wrong = _correction(text, number, node)
        faults += wrong
        if correction:
            found.append((number, _line(node), correction))
    faults += _conflicts(found)
    return tuple(one for *_, one in found), tuple(sorted(faults, key=lambda fault: (fault.line, fault.item)))


def _items(text: str) -> tuple[Sequence[yaml.Node], list[Fault]]:
    """The entries of the list `corrections`, or what is wrong with the file as a whole."""
    try:
        if refused := _refused(text):
            return (), [refused]
        root = yaml.compose(text, Loader=WordLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return (), [Fault(mark.line + 1 if mark else 1, 0, "không đúng cú pháp YAML")]
    pairs: Sequence[Any] = root.value if isinstance(root, yaml.MappingNode) else ()
    if len(pairs) != 1 or pairs[0][0].value != "corrections":
        return (), [Fault(1, 0, "phải có một khóa duy nhất là corrections")]
    listed = pairs[0][1]
    if listed.tag == _NULL:
        return (), []
    if not isinstance(listed, yaml.SequenceNode):
        return (), [Fault(_line(listed), 0, "corrections phải là danh sách")]
    return listed.value, []


def _refused(text: str) -> Fault | None:
    """What could grow or nest without end; seen in the events, before anything is built."""
    if len(text) > MAX_LENGTH:
        return Fault(1, 0, f"tệp dài hơn {MAX_LENGTH} ký tự")
    depth = 0
    for event in yaml.parse(text, Loader=WordLoader):
        if getattr(event, "anchor", None):
            return Fault(_line(event), 0, "không dùng neo và bí danh (&, *)")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return Fault(_line(event), 0, "lồng nhau quá sâu")
    return None


def _correction(text: str, number: int, node: yaml.Node) -> tuple[Correction | None, list[Fault]]:
    """One entry as a value, or its faults."""
    if not isinstance(node, yaml.MappingNode):
        return None, [Fault(_line(node), number, "phải gồm các khóa và giá trị")]
    lines = {str(key.value): _line(key) for key, _ in node.value}
    if len(lines) < len(node.value):
        return None, [Fault(_line(node), number, "có khóa đứng hai lần")]
    kinds = [kind for kind in get_args(CorrectionKind) if kind in lines]
    if len(kinds) != 1:
        return None, [Fault(_line(node), number, "phải có đúng một trong các khóa means, same, different")]
    values = {str(key.value): _plain(value) for key, value in node.value}
    try:
        decision = _SHAPES[kinds[0]].model_validate(values)
    except ValidationError as error:
        return None, [_fault(detail, number, lines, _line(node)) for detail in error.errors()]
    documents = values[kinds[0]]
    facts = decision.model_dump(exclude={kinds[0]})
    named = (documents,) if isinstance(documents, str) else tuple(documents)
    if len(set(named)) < len(named):
        return None, [Fault(lines[kinds[0]], number, f"{kinds[0]}: có văn bản đứng hai lần")]
    start = node.start_mark.index
    end = start + len(text[start : _end(node)].rstrip())  # a block of text ends behind its line
    return Correction(kind=kinds[0], documents=named, start=start, end=end, **facts), []


def _plain(node: yaml.Node) -> Any:
    """The value of a node as it is written: text in NFC, as all texts are, or a list of such."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == _NULL else unicodedata.normalize("NFC", node.value)
    return [_plain(one) for one in node.value] if isinstance(node, yaml.SequenceNode) else {}


def _fault(detail: Any, number: int, lines: Mapping[str, int], line: int) -> Fault:
    """What pydantic found, told in Vietnamese."""
    key = str(detail["loc"][0])
    return Fault(lines.get(key, line), number, f"{key}: {_WRONG.get(detail['type'], 'giá trị không hợp lệ')}")


def _line(node: Any) -> int:
    """The line, from 1, at which a node or event begins."""
    return int(node.start_mark.line) + 1


def _end(node: yaml.Node) -> int:
    """Where the last value ends; a block's own end mark stands behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, yaml.MappingNode) else last)
    return int(node.end_mark.index)


def _conflicts(found: Sequence[tuple[int, int, Correction]]) -> Iterator[Fault]:
    """Entries that say what another says already, or the contrary."""
    seen: dict[object, tuple[int, tuple[str, ...]]] = {}
    one_of: dict[str, str] = {}
    for number, line, one in found:
        is_means = one.kind == "means"
        about = (one.mention, one.source, one.at) if is_means else (one.kind, frozenset(one.documents))
        earlier, documents = seen.setdefault(about, (number, one.documents))
        if earlier != number:
            contrary = is_means and documents != one.documents
            yield Fault(line, number, f"{'trái' if contrary else 'trùng'} với mục {earlier}")
        if one.kind == "same":
            _unite(one.documents, one_of)
    for number, line, one in found:
        if one.kind == "different" and len({_root(name, one_of) for name in one.documents}) < len(one.documents):
            yield Fault(line, number, "trái với một mục same về cùng các văn bản này")


def _unite(names: Sequence[str], one_of: dict[str, str]) -> None:
    """Note that these documents are one."""
    first = _root(names[0], one_of)
    for name in names[1:]:
        one_of[_root(name, one_of)] = first


def _root(name: str, one_of: Mapping[str, str]) -> str:
    """The document that stands for all that are one with `name`."""
    while one_of.get(name, name) != name:
        name = one_of[name]
    return name
