"""What is exported can be read back, holds everything, and harms no spreadsheet."""

import csv
import io
import json
import shutil
import socket
import subprocess
from contextlib import closing

import networkx as nx
import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, RDF, XSD
from site_fixtures import DIRECTIVE, DRAFT, EVIL, PLAN, ROWS, make_database

import kgdocs
from kgdocs.cli import main
from kgdocs.export import FORMATS, export
from kgdocs.export.dot import quoted
from kgdocs.export.urn import urn_of
from kgdocs.lineage.writers import flat
from kgdocs.pipeline.questions import open_readonly
from tests.conftest import ROOT

ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
OWN = rdflib.Namespace("urn:kgdocs:")
RDFLIB_WARNS = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
ODD = 'Về "trẻ em" \\ <b>&\x00\x01\x0b\ufffe\nhai dòng\tvà ' + "dài " * 5000
TITLES = {DIRECTIVE: ODD, DRAFT: '"\\'}
HOSTILE_ROWS = {
    **ROWS,
    "documents": [{**row, "title": TITLES.get(row["id"], row["title"])} for row in ROWS["documents"]],
    "search": [],
}
EMPTY_ROWS = {**ROWS, "relations": [], "evidence": []}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("export") / "x.db", HOSTILE_ROWS)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "kgdocs.db"
    kgdocs.build([ROOT / "corpus"], path)
    return path


@pytest.fixture(params=["hostile", "corpus"])
def db(request):
    return request.getfixturevalue(request.param)


def exported(db, format_name, what="relations"):
    stream = io.BytesIO()
    with closing(open_readonly(db)) as connection:
        export(connection, format_name, stream, what)
    return stream.getvalue()


def rows_of(db, what):
    text = exported(db, "csv", what).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_csv_has_a_row_for_each(db):
    graph = kgdocs.load_graph(db)
    assert [row["id"] for row in rows_of(db, "documents")] == sorted(graph)
    rows = rows_of(db, "relations")
    assert sorted((row["from_id"], row["to_id"], f"{row['type']}:{row['status']}") for row in rows) == sorted(
        graph.edges
    )
    assert all(int(row["evidence_count"]) >= 1 and row["evidence"] and row["source"] for row in rows)


def test_no_cell_is_a_formula(hostile):
    evil = next(row for row in rows_of(hostile, "documents") if row["id"] == EVIL)
    assert (evil["code"], evil["issuer"]) == ("'=1+1", "'+cmd")
    cells = [cell for what in ("documents", "relations") for row in rows_of(hostile, what) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert ODD in cells


def test_json_lines(db):
    graph = kgdocs.load_graph(db)
    lines = [json.loads(line) for line in exported(db, "jsonl").decode("utf-8").split("\n")[:-1]]
    documents = {line.pop("id"): line for line in lines if line.pop("kind") == "document"}
    assert documents == dict(graph.nodes(data=True))
    relations = [line for line in lines if "relation_id" in line]
    assert len(documents) + len(relations) == len(lines)
    for line in relations:
        edge = line.pop("from"), line.pop("to"), f"{line['type']}:{line['status']}"
        assert graph.edges[edge] == line


@pytest.mark.parametrize("format_name", ["graphml", "gexf"])
def test_networkx_reads_back_the_same_graph(db, format_name):
    expected = flat(kgdocs.load_graph(db))
    content = exported(db, format_name)
    if format_name == "graphml":
        found = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    else:
        found = nx.read_gexf(io.BytesIO(content))
    relation = "type" if format_name == "graphml" else "relation"
    assert set(found) == set(expected)
    fields = ("status", "evidence_count", "text", "path", "evidence")
    assert sorted(
        (source, target, data[relation], *(data[name] for name in fields))
        for source, target, data in found.edges(data=True)
    ) == sorted(
        (source, target, data["type"], *(_read(data[name]) for name in fields))
        for source, target, data in expected.edges(data=True)
    )
    for one, known in expected.nodes(data=True):
        assert {name: found.nodes[one][name] for name in known if name != "label"} == {
            name: _read(value) for name, value in known.items() if name != "label"
        }


def _read(value):
    """As every XML reader gives it back: carriage returns become line feeds."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def test_evidence_is_whole_in_graphml(corpus):
    graph = kgdocs.load_graph(corpus)
    found = nx.read_graphml(io.BytesIO(exported(corpus, "graphml")), force_multigraph=True)
    whole = {data["relation_id"]: data["evidence"] for _, _, data in graph.edges(data=True)}
    read = {int(key[1:]): json.loads(data["evidence"]) for _, _, key, data in found.edges(keys=True, data=True)}
    assert read == whole


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def triples(db):
    return rdflib.Graph().parse(data=exported(db, "jsonld").decode("utf-8"), format="json-ld")


@RDFLIB_WARNS
@pytest.mark.usefixtures("offline")
def test_json_ld_holds_documents_and_relations(corpus):
    graph, found = kgdocs.load_graph(corpus), triples(corpus)
    urns = {one: rdflib.URIRef(urn_of({"id": one, **known})) for one, known in graph.nodes(data=True)}
    assert {str(found.value(urn, DCTERMS.identifier)) for urn in urns.values()} == set(graph)
    assert set(found.subjects(RDF.type, ELI.LegalResource)) == set(urns.values())
    directive = urns["trung-uong/2023/28-ct-tw"]
    assert str(directive) == "urn:lex:vn:bo.chinh.tri:chi.thi:2023-12-25;28-ct-tw"
    assert found.value(directive, ELI.id_local) == rdflib.Literal("28-CT/TW")
    assert found.value(directive, ELI.date_document) == rdflib.Literal("2023-12-25", datatype=XSD.date)
    assert found.value(directive, ELI.type_document) == OWN["type/chi_thi"]
    assert found.value(directive, ELI.passed_by) == OWN["agency/trung-uong/bo-chinh-tri"]
    assert found.value(directive, ELI.title).language == "vi"
    names = {"implements": (OWN.implements, ELI.applies), "based_on": (ELI.based_on,), "cites": (ELI.cites,)}
    names |= {"amends": (ELI.amends,), "replaces": (ELI.repeals, DCTERMS.replaces), "details": (ELI.based_on,)}
    seen = set()
    for source, target, data in graph.edges(data=True):
        if data["status"] == "asserted":
            seen.add(data["type"])
            for name in names.get(data["type"], ()):
                assert (urns[source], name, urns[target]) in found
    assert seen >= set(names)


@RDFLIB_WARNS
@pytest.mark.usefixtures("offline")
def test_json_ld_states_nothing_that_is_only_planned(db):
    graph, found = kgdocs.load_graph(db), triples(db)
    urns = {one: rdflib.URIRef(urn_of({"id": one, **known})) for one, known in graph.nodes(data=True)}
    surely = {(a, b) for a, b, data in graph.edges(data=True) if data["status"] == "asserted"}
    unsure = {(a, b) for a, b, data in graph.edges(data=True)} - surely
    assert unsure
    assert all(not list(found.predicates(urns[a], urns[b])) for a, b in unsure)
    relations = list(found.subjects(RDF.type, OWN.Relation))
    assert len(relations) == len(graph.edges)
    assert all(found.value(found.value(one, OWN.evidence), OWN.text) for one in relations)
    assert {str(found.value(one, OWN.status)) for one in relations} == {
        d["status"] for _, _, d in graph.edges(data=True)
    }


def test_every_relation_has_a_name_of_a_vocabulary(rules):
    assert set(rules.vocabulary.relations) == rules.relation_kinds
    assert not [name for names in rules.vocabulary.relations.values() for name in names if name == "eli:implements"]


PARTS = st.text(st.sampled_from("ab-.0"), min_size=1, max_size=4).filter(lambda part: part.strip("."))
IDS = st.lists(st.one_of(PARTS, st.sampled_from(["trung-uong", "2024", "2023", "đ é"])), min_size=1, max_size=5)
DOCUMENTS = st.fixed_dictionaries(
    {
        "id": IDS.map("/".join),
        "agency_id": st.sampled_from([None, "kien-giang/ubnd"]),
        "type": st.sampled_from([None, "ke_hoach"]),
        "issued_on": st.sampled_from([None, "2024", "2024-07", "2023-01-02"]),
    }
)


@given(DOCUMENTS, DOCUMENTS)
def test_urns_are_ascii_and_no_two_documents_share_one(one, other):
    assert urn_of(one).isascii()
    assert urn_of(one).startswith("urn:lex:vn")
    assert " " not in urn_of(one)
    assert (one["id"] == other["id"]) or urn_of(one) != urn_of(other)
    assert urn_of(one) == urn_of(dict(one))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a", '"a"'),
        ('"', '"\\""'),
        ("\\", '"\\\\"'),
        ('\\"', '"\\\\\\""'),
        ("a\r\nb\nc", '"a\\nb\\nc"'),
        ("\x00\r\t", '"   "'),
    ],
)
def test_strings_of_dot(text, escaped):
    assert quoted(text) == escaped


def test_dot_has_a_line_for_each(db):
    graph, text = kgdocs.load_graph(db), exported(db, "dot").decode("utf-8")
    lines = text.split("\n")
    assert (lines[0], lines[-2]) == ("digraph kgdocs {", "}")
    assert len([line for line in lines if line.startswith('  "') and " -> " in line.split("[label")[0]]) == len(
        graph.edges
    )
    assert len(lines) == 5 + len(graph) + len(graph.edges)


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_graphviz_reads_it(db):
    done = subprocess.run(["dot", "-Tplain"], input=exported(db, "dot"), capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\nnode ") == len(kgdocs.load_graph(db))


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_database_without_relations_is_exported(format_name, tmp_path):
    content = exported(make_database(tmp_path / "x.db", EMPTY_ROWS), format_name)
    assert content.decode("utf-8")


def run(*arguments):
    return CliRunner().invoke(main, ["export", *(str(one) for one in arguments)])


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_command_writes_the_same_to_a_file_and_to_standard_output(format_name, hostile, tmp_path):
    path = tmp_path / "out"
    path.write_text("before", encoding="utf-8")
    assert run("--db", hostile, "--format", format_name, "-o", path).exit_code == 0
    shown = run("--db", hostile, "--format", format_name)
    assert shown.exit_code == 0
    assert shown.stdout_bytes == path.read_bytes() == exported(hostile, format_name)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_file_that_cannot_be_written_is_one_clear_line(hostile, tmp_path):
    for path, said in ((tmp_path / "khong-co" / "x.csv", "cannot be written"), (hostile, "is the database itself")):
        before = hostile.read_bytes()
        result = run("--db", hostile, "--format", "csv", "-o", path)
        assert result.exit_code == 2
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert hostile.read_bytes() == before


def test_only_csv_has_tables(hostile):
    result = run("--db", hostile, "--format", "jsonl", "--what", "documents")
    assert result.exit_code == 2
    assert result.stderr.startswith("kgdocs: Only CSV")


def test_plan_and_directive_are_told_by_code_title_and_agency(hostile):
    row = next(row for row in rows_of(hostile, "relations") if row["from_id"] == PLAN and row["to_id"] == DIRECTIVE)
    assert (row["from_code"], row["to_code"], row["to_issuer"]) == ("211-KH/TU", "28-CT/TW", "Bộ Chính trị")
    assert (row["type"], row["status"], row["evidence_count"]) == ("implements", "asserted", "1")
