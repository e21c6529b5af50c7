"""Findings about the label, the symbol and the issuer of one citation."""

import re
from collections.abc import Iterator

from kgdocs.grammar.folding import name_key
from kgdocs.grammar.names import CENTRAL, AgencyRule
from kgdocs.lineage.findings.view import Mention, Place, View, day, one_line, since
from kgdocs.models import Code, Document, Finding, Severity


def label_symbol(view: View) -> Iterator[Finding]:
    """LABEL_SYMBOL: "Báo cáo số 69/KH-UBND". Decisions that issue what is named, and like forms, are usual."""
    terms, types = view.rules.finding_terms, view.rules.types
    for mention in view.mentions:
        found = mention.reference
        token = found.code.type_token if found.code else None
        if _year(mention) < terms.labels_since:
            continue
        rule = types.get(found.type or "")
        if not token or not found.label or rule is None or token in rule.codes or _repaired(found.repairs, token):
            continue
        if name_key(found.label) in map(name_key, terms.any_label) or (
            rule.id in terms.letters and _is_unit(view, found.code, token)
        ):
            continue
        if rule.id in terms.issued_with and token in terms.issuing_tokens:
            continue
        if token in terms.other_tokens.get(rule.id, ()) or token in terms.other_tokens.get("", ()):
            continue
        other = types.get(view.rules.type_of_token.get(token, ""))
        if other is not None:
            yield view.about("LABEL_SYMBOL", mention, label=found.label, symbol=token, known=other.name.lower(),
                             details={"label": found.label, "symbol": token, "type": other.id})  # fmt: skip


def _is_unit(view: View, code: Code | None, token: str) -> bool:
    """True where what looks like the type of a letter is the body or unit that wrote it: "1702/PC-VT"."""
    lead = code.agencies[0] if code and code.agencies else ""
    return bool(view.agency_rules(token)) or not view.agency_rules(lead)


def issuer_symbol(view: View) -> Iterator[Finding]:
    """ISSUER_SYMBOL: "56/KH-UBND của Ban Chỉ đạo"; bodies that sign for each other, and organs of one committee, agree."""
    for mention in view.mentions:
        found = mention.reference
        token = found.code.agencies[0] if found.code and found.code.agencies else None
        if found.kind != "numbered" or _is_old(mention, view):
            continue
        if token is None or not found.issuer or _repaired(found.repairs, token) or not view.agency_rules(token):
            continue
        named = view.agencies_named(found.issuer)
        if named and found.code and not any(_agrees(rule, found.code, view) for rule in named):
            yield view.about("ISSUER_SYMBOL", mention, issuer=one_line(found.issuer), symbol=token,
                             details={"issuer": found.issuer, "symbol": token})  # fmt: skip


def _is_old(mention: Mention, view: View) -> bool:
    """True for a document of a time whose symbols had other codes."""
    return _year(mention) < view.rules.finding_terms.symbols_since


def _year(mention: Mention) -> int:
    """The year of what is cited: of its number, of its date, else at most that of the citing text; 9999 if nothing tells."""
    found = mention.reference
    own = mention.own.issued_on if mention.own else None
    return found.code.year if found.code and found.code.year else int((found.date or found.year or own or "9999")[:4])


def _agrees(rule: AgencyRule, code: Code, view: View) -> bool:
    """True where the symbol has a code of the agency, of one it signs for, or of its Party committee."""
    base = view.rules.agencies[rule.form_of] if rule.form_of else rule
    tokens = {token.rstrip("0123456789") for token in code.agencies} | set(code.agencies)
    own = {*rule.codes, *base.codes, *view.rules.finding_terms.signs_for.get(base.id, ())}
    if not own or own & {*tokens, *(f"{head}{token}" for head in "BS" for token in tokens)}:
        return True  # the head of "BNV", "SYT" is often left out
    party = {other.ladder for token in tokens for other in view.agency_rules(token) if other.level == rule.level}
    return rule.ladder == "party" and "party" in party


def separator(view: View) -> Iterator[Finding]:
    """SEPARATOR: the dash and stroke of Party and State codes changed for each other."""
    for mention in view.mentions:
        found = mention.reference
        if found.code is None or _is_old(mention, view):
            continue
        swapped = "separator" in found.repairs
        lead = view.agency_rules(found.code.agencies[0]) if found.code.agencies else []
        state_body = found.code.separator == "-" and lead and all(rule.ladder == "state" for rule in lead)
        if swapped or (state_body and found.code.family == "party"):
            official = str(found.code) if swapped else _state_form(found.code)
            yield view.about("SEPARATOR", mention, name=mention.words, official=official,
                             details={"printed": found.text, "official": official})  # fmt: skip


def _state_form(code: Code) -> str:
    """ "47-KH/UBND" as the State writes it: "47/KH-UBND"."""
    return f"{code.number}/{code.symbol.replace('/', '-')}"


def code_typo(view: View) -> Iterator[Finding]:
    """CODE_TYPO: a part of a symbol that no table knows, read as one that it does; a year with letters for digits is graver."""
    for mention in view.mentions:
        for repair in mention.reference.repairs:
            printed, arrow, official = repair.partition("→")
            if arrow and printed.lower() != official.lower():  # titles in capitals are no slips
                severity: Severity | None = "medium" if official.isdigit() else None
                yield view.about("CODE_TYPO", mention, severity=severity, printed=printed, official=official, name=mention.words,
                                 details={"printed": printed, "official": official})  # fmt: skip


def alias_inconsistent(view: View) -> Iterator[Finding]:
    """ALIAS_INCONSISTENT: one agency with two codes in the symbols of one text: "…-CA" and "…-CAT"."""
    for mentions in view.by_text.values():
        spelt: dict[tuple[str, str], dict[str, Mention]] = {}
        for mention in mentions:
            place = mention.target.id.split("/")[0] if mention.target else ""
            for token in mention.reference.code.agencies if mention.reference.code else ():
                rules = view.agency_rules(token)
                if len(rules) == 1 and rules[0].level == "province" and rules[0].ladder != "party":
                    spelt.setdefault((rules[0].id, place), {}).setdefault(token, mention)
        for (agency, _), found in sorted(spelt.items()):
            if len(found) > 1 and agency not in view.rules.agencies_of_every_level:
                (one, first), (other, second) = list(found.items())[:2]
                sides = {
                    "first": Place.of(first).as_side(one, "mention"),
                    "second": Place.of(second).as_side(other, "mention"),
                }
                name = view.rules.agencies[agency].name
                yield view.about(
                    "ALIAS_INCONSISTENT", second, agency=name, one=one, first=first.name, other=other, details=sides
                )


def year_term(view: View) -> Iterator[Finding]:
    """YEAR_TERM_CONFLICT: the year of a code lies outside the term of its National Assembly: 121/2020/QH13."""
    for mention in view.mentions:
        code = mention.reference.code
        term = re.search(r"(?:QH|UBTVQH)(\d{1,2})$", code.symbol) if code else None
        if code is None or term is None or mention.reference.is_self:
            continue
        years = view.rules.finding_terms.assembly_terms.get(int(term[1]))
        stated = code.year or int((mention.reference.date or "0")[:4])
        if years and stated and not years[0] <= stated <= years[1]:
            yield view.about("YEAR_TERM_CONFLICT", mention, year=stated, term=term[1], begun=years[0], ended=years[1],
                             details={"year": stated, "term": term[1], "years": list(years)})  # fmt: skip


def party_term(view: View) -> Iterator[Finding]:
    """PARTY_TERM: the congress named beside a Party code is not the one in whose term its date falls."""
    for mention in view.mentions:
        found, terms = mention.reference, view.rules.terms
        central = found.code and found.code.family == "party" and view.agency_rules(found.code.agencies[0])
        if not central or central[0].level != "central" or not found.term or not found.date:
            continue
        named, dated = terms.of_ordinal(CENTRAL, found.term), terms.term(CENTRAL, "central", found.date)
        if named and dated and named != dated:
            yield view.about("PARTY_TERM", mention, term=found.term, named=named.replace("-", "–"), date=day(found.date),
                             details={"term": found.term, "date": found.date, "terms": [named, dated]})  # fmt: skip


def type_issuer(view: View) -> Iterator[Finding]:
    """TYPE_ISSUER_INVALID: a type that the body in the symbol may not issue: a decree of a ministry, a circular of a Sở."""
    terms = view.rules.finding_terms
    for mention in view.mentions:
        code = mention.reference.code
        if code is None or not code.agencies or code.family == "party" or mention.reference.repairs:
            continue
        kind, token = view.rules.type_of_token.get(code.type_token or ""), code.agencies[0]
        bodies, allowed = view.agency_rules(token), terms.only_issuers.get(kind or "")
        local = kind in terms.central_types and bool(bodies) and all(rule.level != "central" for rule in bodies)
        other = allowed is not None and bool(bodies) and token not in allowed
        if (local or other) and kind:
            name = view.rules.types[kind].name.lower()
            yield view.about(
                "TYPE_ISSUER_INVALID", mention, type=name, symbol=token, details={"type": kind, "symbol": token}
            )


def dissolved_issuer(view: View) -> Iterator[Finding]:
    """DISSOLVED_ISSUER: a document dated when its agency did not exist (any more, or yet)."""
    for document in view.documents.values():
        agency = view.agencies.get(document.agency_id or "")
        issued = document.issued_on or ""
        if agency is None or len(issued) != 10:
            continue
        ended = agency.valid_to is not None and issued >= str(agency.valid_to)
        early = agency.valid_from is not None and issued < str(agency.valid_from)
        place = _dated_at(view, document) if ended or early else None
        if place:
            limit = agency.valid_to if ended else agency.valid_from
            yield view.finding(
                "DISSOLVED_ISSUER", place, document, since=since(document), name=document.code or document.id,
                date=day(issued), agency=agency.name, until=view.word("existed_until" if ended else "existed_from"),
                limit=day(str(limit)), details={"date": issued, "agency": agency.id, "limit": str(limit)},
            )  # fmt: skip


def _dated_at(view: View, document: Document) -> Place | None:
    """Where a document's date is stated in a text, best in its own header; None where only a register has it."""
    facts = [fact for fact in document.facts_of("date") if fact.source_id in view.own_ids]
    best = min(facts, key=lambda fact: (fact.origin != "header", fact.source_id or "", fact.start), default=None)
    return Place.of(best) if best else None


def _repaired(repairs: tuple[str, ...], token: str) -> bool:
    """True for a part of a symbol that was not printed so."""
    return any(repair.endswith(f"→{token}") for repair in repairs)
