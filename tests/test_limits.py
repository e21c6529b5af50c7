"""Limits are numbers in one place, changed by environment variables and listed in the documentation."""

import re

import pytest

from kgdocs.errors import UsageError
from kgdocs.read import limits, read_source
from tests.conftest import ROOT


def test_the_documentation_lists_them_all():
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").partition("| variable |")[2]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(one.variable, str(one.default), one.meaning) for one in limits.ALL]
    assert set(limits.ALL) == {one for one in vars(limits).values() if isinstance(one, limits.Limit)}


@pytest.mark.parametrize(("told", "value"), [("", 64), ("  ", 64), ("1", 1), (" 200 ", 200)])
def test_a_variable_changes_a_limit(told, value, monkeypatch):
    monkeypatch.setenv("KGDOCS_FILE_MB", told)
    assert (limits.FILE_MB.value, limits.FILE_MB.bytes) == (value, value * 1024 * 1024)


@pytest.mark.parametrize("told", ["0", "-1", "1.5", "nhiều", "²"])
def test_what_is_no_number_is_wrong_usage(told, monkeypatch, rules, tmp_path):
    monkeypatch.setenv("KGDOCS_PAGES", told)
    (tmp_path / "a.html").write_text("<p>Kế hoạch", encoding="utf-8")
    with pytest.raises(UsageError, match="KGDOCS_PAGES must be a whole number above 0"):
        read_source(tmp_path / "a.html", rules)


def test_a_file_above_the_limit(monkeypatch, rules, tmp_path):
    monkeypatch.setenv("KGDOCS_FILE_MB", "1")
    (tmp_path / "a.txt").write_bytes(b"a" * (1 << 20))
    (tmp_path / "b.txt").write_bytes(b"a" * ((1 << 20) + 1))
    assert read_source(tmp_path / "a.txt", rules).state == "read"
    assert read_source(tmp_path / "b.txt", rules).reason == "Tệp lớn hơn 1 MB."
