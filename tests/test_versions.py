"""The oldest versions that are allowed: below them a known hole is open. What is installed, pinned and declared keeps to them."""

import io
import re
import sys
import tomllib
import zipfile
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from kgdocs.errors import SourceError
from kgdocs.read.word import word_text
from tests.audited import told
from tests.conftest import ROOT
from tests.hostile_files import LINES, paragraphs, word
from tests.licences import PERMISSIVE, WEAK_COPYLEFT, closure, licence_of, listed, parts_of

FLOORS = {
    "datasette": "0.65.2",  # CVE-2025-64481: a redirect to another host
    "lxml": "6.1.0",  # CVE-2026-41066: entities resolved while parsing in steps
    "python-docx": "0.8.6",  # CVE-2016-5851: entities from outside
}
FORBIDDEN_BELOW = {
    "pdfminer-six": "20251230",  # CVE-2025-64512, CVE-2025-70559: a PDF names a pickle to load
    "pypdf": "6.16.1",  # loops and memory without end
}
"""kgdocs uses neither; should one come in, then not an old one."""
OF_THE_ENVIRONMENT = {"pip", "setuptools"}
"""Some packages ask for them; each environment has its own."""
ELSEWHERE = {"tzdata"}
"""Pinned for systems without time zones of their own."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE))
PINNED = {canonicalize_name(name): Version(version) for name, version in PINNED.items()}
DECLARED = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_installed_and_pinned_is_not_too_old(name):
    assert Version(metadata.version(name)) >= Version(FLOORS[name])
    assert PINNED[name] >= Version(FLOORS[name])


@pytest.mark.parametrize("name", FORBIDDEN_BELOW)
def test_what_is_not_used_does_not_come_in_old(name):
    versions = [Version(found.version) for found in metadata.distributions(name=name)]
    versions += [PINNED[name]] if name in PINNED else []
    assert [version for version in versions if version < Version(FORBIDDEN_BELOW[name])] == []


def test_what_is_declared_lets_no_older_one_in():
    below = {name: Version(f"{floor}.dev0") for name, floor in FLOORS.items()}
    assert set(FLOORS) <= {canonicalize_name(Requirement(line).name) for line in DECLARED}
    for requirement in map(Requirement, DECLARED):
        floor = below.get(canonicalize_name(requirement.name))
        assert floor is None or not requirement.specifier.contains(floor, prereleases=True), requirement


def test_everything_declared_is_pinned_and_installed_as_pinned():
    assert {canonicalize_name(Requirement(line).name) for line in DECLARED} <= set(PINNED)
    versions = {name: Version(metadata.version(name)) for name in closure(["dev"]) - OF_THE_ENVIRONMENT}
    differing = {name: version for name, version in versions.items() if version != PINNED[name]}
    assert differing == {}


def test_members_that_overlap_are_refused_by_ourselves_where_python_does_not():
    """CVE-2024-0450: Python refuses them from 3.11.8 on; kgdocs runs on 3.11.0 too."""
    assert sys.version_info >= (3, 11)
    content = word(paragraphs(*LINES))
    assert word_text(content)
    start, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    doubled = content[:start] + content[start:end] * 2 + content[end:]
    count = len(zipfile.ZipFile(io.BytesIO(content)).infolist()) * 2
    at = doubled.rindex(b"PK\x05\x06")
    tail = count.to_bytes(2, "little") * 2 + (2 * (end - start)).to_bytes(4, "little")
    with pytest.raises(SourceError, match=r"quá lớn|hỏng"):
        word_text(doubled[: at + 8] + tail + doubled[at + 16 :])


def test_every_licence_is_listed_as_the_package_says_it():
    installed = closure(["auth", "ocr", "dev"])
    assert {name: licence_of(metadata.distribution(name)) for name in installed} == {
        name: licence for name, licence in listed().items() if name in installed
    }


def test_every_package_that_is_pinned_has_its_licence_listed():
    assert set(PINNED) - ELSEWHERE == set(listed()) - OF_THE_ENVIRONMENT


def test_every_licence_may_be_used_by_what_is_under_apache_2():
    weak = {name for name, licence in listed().items() if parts_of(licence) & WEAK_COPYLEFT}
    assert {part for licence in listed().values() for part in parts_of(licence)} <= PERMISSIVE | WEAK_COPYLEFT
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("| package |")[0]
    assert [name for name in weak if f"`{name}`" not in page] == []


def test_packages_that_were_not_looked_up_do_not_count_as_audited():
    good = {"name": "a", "version": "1", "vulns": []}
    assert told([good]) == (["== 1 of 1 packages audited, 0 known holes"], 0)
    lines, code = told(
        [good, {"name": "b", "version": "2", "vulns": [{"id": "CVE-1"}]}, {"name": "c", "skip_reason": "no"}]
    )
    assert (lines[0], code) == ("b 2: CVE-1", 1)
    assert lines[1:] == [
        "== 2 of 3 packages audited, 1 known holes",
        "== not audited, for the database of known holes did not answer for them: c",
    ]
