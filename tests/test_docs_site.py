"""docs/ becomes a site without the network: every link leads somewhere, and nothing is fetched from another host."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    find_spec("mkdocs") is None or find_spec("material") is None,
    reason="needs mkdocs and mkdocs-material (make docs-tools)",
)
FETCHING = {
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "use": "href",
    "object": "data",
}
"""Elements whose address a browser asks by itself; links that a reader follows are none of them."""


def build(folder, out):
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        ".mkdocs.yml",
        "--site-dir",
        str(out),
    ]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""}
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    built = build(ROOT, out)
    assert built.returncode == 0, built.stderr
    return out


class Fetched(HTMLParser):
    """The addresses that a page makes a browser ask."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in FETCHING and given.get(FETCHING[tag]) and given.get("rel") != "canonical":
            self.found.append(given[FETCHING[tag]])


def elsewhere(address):
    return re.match(r"(?:[a-z]+:)?//", address) is not None


def test_every_page_is_built_in_its_language(site):
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    assert len(pages) > 25
    for page in pages:
        name = "index.html" if page.name == "README.md" else f"{page.stem}.html"
        shown = (site / page.parent / name).read_text(encoding="utf-8")
        language, search = ("vi", "Tìm kiếm") if page.parts[0] == "vi" else ("en", "Search")
        assert f'<html lang="{language}"' in shown, page
        assert f'placeholder="{search}"' in shown, page  # a word of the theme
    assert not (site / "hooks.py").exists()


def test_nothing_is_fetched_from_another_host(site):
    pages = list(site.rglob("*.html"))
    asked = [one for page in pages for one in Fetched(page.read_text(encoding="utf-8")).found]
    assert len(asked) > len(pages)
    assert [one for one in asked if elsewhere(one)] == []
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert styles
    assert [
        one for text in styles for one in re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", text) if elsewhere(one)
    ] == []
    assert 'class="mermaid"' not in "".join(
        page.read_text(encoding="utf-8") for page in pages
    )  # the theme would fetch it


def test_a_link_that_leads_nowhere_and_a_page_outside_the_navigation_fail(tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / ".mkdocs.yml", tmp_path)
    page = tmp_path / "docs" / "limits.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[x](nowhere.md) [y](build.md#nowhere)\n", encoding="utf-8")
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n", encoding="utf-8")
    built = build(tmp_path, tmp_path / "site")
    assert built.returncode != 0
    for told in ("'nowhere.md'", "'build.md#nowhere'", "lost.md"):
        assert told in built.stderr
