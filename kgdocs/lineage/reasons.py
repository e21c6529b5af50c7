"""The sentences that say why a step of a chain is in its state, and what was looked through; Vietnamese and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kgdocs.grammar.chains import StepRule
from kgdocs.lineage.graph import Graph
from kgdocs.lineage.practice import Practice
from kgdocs.lineage.units import Unit, Units
from kgdocs.models import StatedDeadline
from kgdocs.models.days import plain_day


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence in both languages."""

    vi: str
    en: str


class Reasons:
    """Words reasons; one for a graph."""

    def __init__(self, graph: Graph, units: Units, practice: Practice) -> None:
        """Keep what the sentences speak of."""
        self._graph = graph
        self._units = units
        self._practice = practice

    def done(self, due: StatedDeadline | None, days: int | None, step: StepRule) -> Told:
        """A document is there: against the deadline stated, else beside what is usual, which is no deadline."""
        if due:
            return self._stated(due)
        if days is None or step.task != "plan":
            return Told("Đã có văn bản; không thấy nêu thời hạn.", "There is a document; no deadline is stated.")
        usual = self._usual()
        long = self._practice.is_long(days)
        return Told(
            f"Sau {days} ngày. Không thấy văn bản nêu thời hạn; {usual.vi}"
            + (", lâu hơn 9/10 số cặp ấy." if long else "."),
            f"After {days} days. No deadline is stated; {usual.en}"
            + (", longer than 9 of 10 of these." if long else "."),
        )

    def planned(self, status: str, evidence: Sequence[Mapping[str, Any]]) -> Told:
        """The document is only a draft, or announced."""
        words = _words(evidence)
        if status == "draft":
            return Told(f"Mới là dự thảo: “{words}”.", f"Only a draft: “{words}”.")
        return Told(f"Mới dự kiến ban hành: “{words}”.", f"Only planned: “{words}”.")

    def denied(self, evidence: Sequence[Mapping[str, Any]]) -> Told:
        """A text says that there is no such document."""
        return Told(
            f"Có văn bản nêu là chưa có: “{_words(evidence)}”.",
            f"A text says that there is none: “{_words(evidence)}”.",
        )

    def optional(self, step: StepRule) -> Told:
        """Nothing is known of a step that not every directive needs."""
        if step.task == "plan":
            return Told(
                "Chưa biết: chưa thấy văn bản nào nêu; bước này không phải lúc nào cũng có.",
                "Unknown: no document tells of one; not every directive has this step.",
            )
        return Told(
            "Chưa biết: chưa thấy báo cáo hay văn bản nào nêu.", "Unknown: no report and no document tells of one."
        )

    def unread(self, unit: Unit, begun: str | None, until: str, seen: int) -> Told:
        """Nothing, or too little, of that agency was read."""
        if not begun:
            return Told("Chưa biết: không rõ ngày của văn bản chỉ đạo.", "Unknown: the directive's date is not known.")
        first, last = plain_day(begun), plain_day(until)
        if seen:
            return Told(
                f"Chưa biết: mới đọc {seen} văn bản cùng loại của {unit.name} từ {first} đến {last}, và không văn bản nào nêu việc thực hiện.",
                f"Unknown: only {seen} documents of this kind by {unit.name} from {first} to {last} were read; no text tells of one.",
            )
        return Told(
            f"Chưa biết: trong dữ liệu không có văn bản nào cùng loại của {unit.name} từ {first} đến {last}.",
            f"Unknown: no document of this kind by {unit.name} from {first} to {last} was read.",
        )

    def waiting(self, place: str) -> Told:
        """A lower level that is to carry out what the province issues, of which nothing was seen."""
        name = self._units.place_name(place)
        return Told(
            f"Chưa biết: chưa thấy văn bản nào của {name} thực hiện, nên chưa rõ cấp dưới đã được giao.",
            f"Unknown: no document of {name} carries it out, so whether lower levels were told to is not known.",
        )

    def not_due(self, due: StatedDeadline | None, expected: str | None) -> Told:
        """It is too early to say."""
        if due:
            told = self._stated(due)
            return Told(f"Chưa đến hạn. {told.vi}", f"Not yet due. {told.en}")
        usual = self._usual()
        day = plain_day(expected or "")
        return Told(
            f"Chưa biết: chưa quá thời gian thường thấy (đến {day}; {usual.vi}).",
            f"Unknown: the usual time has not passed (until {day}; {usual.en}).",
        )

    def missing(self, seen: int, unit: Unit, begun: str | None, until: str, due: StatedDeadline | None) -> Told:
        """Documents of that agency were looked through, and none of them carries it out."""
        first, last = plain_day(begun or ""), plain_day(until)
        limit = self._stated(due) if due else Told("Không thấy văn bản nêu thời hạn.", "No deadline is stated.")
        return Told(
            f"Đã xem {seen} văn bản cùng loại của {unit.name} từ {first} đến {last}, chưa thấy văn bản nào thực hiện. {limit.vi}",
            f"{seen} documents of this kind by {unit.name} from {first} to {last} were read; none carries it out. {limit.en}",
        )

    def unlisted(self, place: str) -> Told:
        """The tables do not list the units."""
        name = self._units.place_name(place)
        return Told(
            f"Chưa biết: bảng địa phương chưa có danh sách đơn vị của {name}, và chưa thấy văn bản nào.",
            f"Unknown: the table of places does not list the units of {name}, and no document was seen.",
        )

    def _stated(self, due: StatedDeadline) -> Told:
        code = self._graph.nodes[due.document_id]["code"] or due.document_id
        day, words = plain_day(due.deadline.due), " ".join(due.deadline.text.split())
        return Told(f"Thời hạn {day} nêu tại {code}: “{words}”.", f"Deadline {day}, stated in {code}: “{words}”.")

    def _usual(self) -> Told:
        """What is usual, labelled as observed or as a general figure."""
        middle, count = self._practice.middle, len(self._practice.days)
        if self._practice.is_measured:
            return Told(
                f"thực tế trong dữ liệu: trung vị {middle} ngày ({count} cặp)",
                f"observed in these documents: median {middle} days ({count} pairs)",
            )
        return Told(
            f"thường thấy khoảng {middle} ngày (dữ liệu mới có {count} cặp)",
            f"about {middle} days are usual (only {count} pairs here)",
        )


def _words(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The words of the first evidence on one line, shortened."""
    words = " ".join(str(evidence[0]["text"]).split()) if evidence else ""
    return words if len(words) <= 220 else f"{words[:219]}…"
