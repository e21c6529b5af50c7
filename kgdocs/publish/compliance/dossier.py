"""One directive's dossier: its chain by place with numbered evidence, what was looked through, findings, spellings."""

import json
import sqlite3
from collections import Counter
from functools import cache
from itertools import groupby

from markupsafe import Markup

from kgdocs.errors import UsageError
from kgdocs.grammar import Rules, load_rules
from kgdocs.grammar.names import CENTRAL
from kgdocs.models import STEP_STATES
from kgdocs.models.days import is_day
from kgdocs.pipeline.chain import chain_as_of
from kgdocs.publish import findings, records
from kgdocs.publish.compliance import steps as chain_steps
from kgdocs.publish.compliance.chains import chain_name
from kgdocs.publish.compliance.delays import bin_name, days_text, delay_chart, delay_summary
from kgdocs.publish.lineage import found_document
from kgdocs.publish.records import Row
from kgdocs.publish.site import Invalid, Query
from kgdocs.publish.strings import place_names

_COLUMNS = (
    "chain", "step", "place", "agency", "agency_name", "document_id", "state", "days", "deadline", "basis", "basis_en",
    "required", "carries_out", "evidence",
)  # fmt: skip
_NAMES_SHOWN = 40
"""Units named in one row of which the same is unknown; the CSV has all."""

SPELLINGS = 50
"""Ways of writing the directive that are listed, the most common first."""
STEPS = 1000
"""Steps from which on those of one place are shown at a time, with what is known of all places."""
FINDINGS, _MOST_FINDINGS = 100, 2000
"""Findings that are listed, the gravest first, and in JSON."""


def answer(connection: sqlite3.Connection, query: Query) -> tuple[Row, Row]:
    """Return a dossier as JSON, and its tables and picture.

    Raises Missing where there is no such document, Moved where it has another id, Invalid where `ngay` is no day.
    """
    row = found_document(connection, query.document_id)
    day = _day(query)
    all_steps = _steps(connection, row["id"], day, query)
    steps = _shown(all_steps, query.one("place"))
    evidence = _numbered(connection, steps, row["id"])
    names = records.named(
        connection, sorted({str(one[end]) for one in steps for end in ("document_id", "carries_out") if one[end]})
    )
    for one in steps:
        one["code"] = names[one["document_id"]]["code"] if one["document_id"] in names else None
    days = Counter(_days(all_steps))
    most = _MOST_FINDINGS if query.form == ".json" else FINDINGS
    found, found_count = _findings(connection, row["id"], all_steps, day, most)
    by_place = _by_place(all_steps)
    value: Row = {
        "as_of": day or None,
        "document": row,
        "chain": all_steps[0]["chain"] if all_steps else None,
        "totals": {state: sum(of[state] for of in by_place.values()) for state in STEP_STATES},
        "places": [{"place": one, "states": states} for one, states in by_place.items()],
        "whole": len(steps) == len(all_steps),
        "steps": steps,
        "evidence": evidence,
        "delays": delay_summary(days),
        "findings": found,
        "counts": {"findings": found_count},
        "cited_as": records.spellings(connection, row["id"], SPELLINGS),
    }
    view: Row = {
        "names": names,
        "places": [
            (place, _grouped(list(own), place_names().get(place, "")))
            for place, own in groupby(steps, key=lambda one: one["place"])
        ],
        "overview": [] if value["whole"] else _overview(query, row["id"], value["places"]),
        "chain_name": chain_name,
        "centre": CENTRAL,
        "states": STEP_STATES,
        "chart": Markup(delay_chart(query.words, days)) if days.total() > 1 else "",
        "bin_name": bin_name,
        "days_text": days_text,
        "csv": query.url(f"/tuan-thu/{row['id']}.csv"),
        "asked": query.one("ngay"),
    }
    return value, view


def table(connection: sqlite3.Connection, query: Query) -> str:
    """Return the steps of one directive as CSV, as they are today; raises Missing or Moved."""
    row = found_document(connection, query.document_id)
    return chain_steps.lines(connection, query, "c.directive_id = :id", {"id": row["id"]})


@cache
def _rules() -> Rules:
    """Return the compiled patterns, which are the same as long as the site is served."""
    return load_rules()


def _day(query: Query) -> str:
    """Return the day asked for, "" for today; raises Invalid."""
    day = query.one("ngay")
    if day and not is_day(day):
        raise Invalid(query.words.t("dossier.no_day", value=day))
    return day


def _steps(connection: sqlite3.Connection, directive: str, day: str, query: Query) -> list[Row]:
    """Return the steps as the build computed them, or as they stood on a day; raises Invalid where a page is too small for that."""
    if not day:
        return chain_steps.of_directive(connection, directive, _COLUMNS)
    try:
        steps = chain_as_of(connection, directive, day, _rules())
    except (UsageError, sqlite3.OperationalError) as error:  # the latter where the time for a page is over
        raise Invalid(query.words.t("dossier.too_many", day=day)) from error
    rows = ({name: getattr(one, name) for name in _COLUMNS} for one in steps)
    return [{**row, "evidence": json.dumps([dict(one) for one in row["evidence"]])} for row in rows]


def _shown(steps: list[Row], place: str) -> list[Row]:
    """Return the steps that a page shows, with their evidence: all, or where they are too many those of the centre and of a place."""
    chosen = (one for one in steps if len(steps) <= STEPS or one["place"] in (CENTRAL, place))
    return [{**one, "required": bool(one["required"]), "evidence": json.loads(one["evidence"])} for one in chosen]


def _by_place(steps: list[Row]) -> dict[str, dict[str, int]]:
    """Return place → state → how many steps there are in it, the places in the order of the steps."""
    counts = Counter((one["place"], one["state"]) for one in steps)
    return {place: {state: counts[place, state] for state in STEP_STATES} for place, _ in dict.fromkeys(counts)}


def _overview(query: Query, directive: str, places: list[Row]) -> list[Row]:
    """Return the places with the addresses of their steps, where these are too many for one page."""
    path, day, chosen = f"/tuan-thu/{directive}", query.one("ngay"), query.one("place")
    return [
        {**one, "href": query.url(path, one["place"], place=one["place"], ngay=day), "chosen": one["place"] == chosen}
        for one in places
        if one["place"] != CENTRAL
    ]


def _numbered(connection: sqlite3.Connection, steps: list[Row], directive: str) -> list[Row]:
    """Return each sentence once, numbered from 1 as first used; steps keep the numbers in place of the sentences."""
    found: dict[tuple[str, int, int], Row] = {}
    for step in steps:
        numbers = []
        for one in step["evidence"]:
            key = (one["source"], one["start"], one["end"])
            if key not in found:
                ends = (str(step["carries_out"] or directive), directive)
                place = records.place(connection, *key, ends)
                said = {name: one[name] for name in ("source", "start", "end", "text", "rule")}
                found[key] = {"number": len(found) + 1, **said, "place": place, "uses": []}
            numbers.append(found[key]["number"])
            use = {"place": step["place"], "step": step["step"]}
            found[key]["uses"] += [] if use in found[key]["uses"] else [use]
        step["evidence"] = list(dict.fromkeys(numbers))
    return list(found.values())


def _days(steps: list[Row]) -> list[int]:
    """Return the days after which each document came that fills a step, each document once."""
    return list({one["document_id"]: one["days"] for one in steps if one["days"] is not None}.values())


def _grouped(steps: list[Row], place: str) -> list[Row]:
    """Return the rows of one place (its name): units of one step of which the same is unknown stand together."""
    found: list[Row] = []
    order = list(dict.fromkeys(one["step"] for one in steps))
    steps = sorted(steps, key=lambda one: (order.index(one["step"]), STEP_STATES.index(one["state"])))
    for (_, state), alike in groupby(steps, key=lambda one: (one["step"], one["state"])):
        own = list(alike)
        if state == "unknown" and len(own) > 1:
            units = [_under(place, one["agency_name"] or one["agency"] or "") for one in own]
            found.append(
                {**own[0], "count": len(own), "units": units[:_NAMES_SHOWN], "more": len(units[_NAMES_SHOWN:])}
            )
        else:
            found += [{**one, "count": 1} for one in own]
    return found


def _under(place: str, name: str) -> str:
    """Return a unit's name as it stands under its province: "Sở Y tế tỉnh Sông Mẫu" as "Sở Y tế"."""
    for kind in ("tỉnh", "thành phố", "Thành phố"):
        name = name.removesuffix(f" {kind} {place}")
    return name


def _findings(
    connection: sqlite3.Connection, directive: str, steps: list[Row], day: str, limit: int
) -> tuple[list[Row], int]:
    """Return the gravest findings about a directive and about the steps of its chain, and how many there are; `day` as in `of_chain`."""
    above = {str(one["carries_out"]) for one in steps if one["carries_out"]}
    found, count = findings.of_chain(connection, directive, above, limit, day)
    return [
        {"source": one["source_id"], **{name: own for name, own in one.items() if name != "source_id"}} for one in found
    ], count
