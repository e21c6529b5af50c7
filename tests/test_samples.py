"""Every sample in the documentation runs, and prints what its page shows."""

import difflib

import pytest

import kgdocs
from tests.conftest import ROOT
from tests.samples import SampleError, faults, folder_for, matched, pages, run, samples_of


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("samples") / "kgdocs.db"
    kgdocs.build([ROOT / "corpus"], path)
    return path


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_samples_of_a_page_run_and_print_what_it_shows(page, database, tmp_path, monkeypatch):
    text = page.read_text(encoding="utf-8")
    samples = samples_of(text, page.name)
    assert faults(samples) == []
    folder_for(text, tmp_path, database)
    for one, body in run(samples, tmp_path):
        differs = "\n".join(
            difflib.unified_diff(one.body.splitlines(), body.splitlines(), "shown", "printed", lineterm="")
        )
        assert one.body == body, f"{one.where} (make samples)\n{differs}"


def story(text, folder):
    return list(run(samples_of(text, "page.md"), folder))


def test_a_console_shows_what_is_printed(tmp_path):
    text = "```console\n$ printf 'a\\nb\\n'\na\nb\n$ echo c \\\n> d\nc d\n```\n"
    ((one, body),) = story(text, tmp_path)
    assert body == one.body
    ((one, body),) = story(text.replace("\nc d\n", "\nc\n"), tmp_path)
    assert (body != one.body, body.splitlines()[-1]) == (True, "c d")


@pytest.mark.parametrize(
    ("expected", "printed", "fits"),
    [("a\n…\nd\n", "a\nb\nc\nd\n", True), ("a\n…\n", "a\n", True), ("a\n…\n", "b\n", False), ("a …\n", "a b\n", False),
     ("a\n", "a  \n", True), ("", "a\n", False)],
)  # fmt: skip
def test_a_line_of_dots_stands_for_any_lines(expected, printed, fits):
    assert (matched(expected, printed) == expected) is fits


def test_a_command_that_fails_is_told_unless_the_page_says_so(tmp_path):
    with pytest.raises(SampleError, match="ends with 3"):
        story("```console\n$ (exit 3)\n```\n", tmp_path)
    ((one, body),) = story("```console\n$ (exit 3)\n$ echo $?\n3\n```\n", tmp_path)
    assert body == one.body
    with pytest.raises(SampleError, match="ends with 1"):
        story("```sh\nfalse\ntrue\n```\n", tmp_path)
    with pytest.raises(SampleError, match="ZeroDivisionError"):
        story("```python\n1 / 0\n```\n", tmp_path)


def test_files_programs_and_their_output_make_one_story(tmp_path):
    text = (
        '```text title="a/b.txt"\none\nthree\n```\n\n<!-- sample: below one -->\n```text title="a/b.txt"\ntwo\n```\n'
        '```python\nprint(open("a/b.txt").read())\n```\n\n<!-- sample: output -->\n```text\none\ntwo\nthree\n\n```\n'
        "<!-- sample: skip: a server -->\n```sh\nfalse\n```\n"
    )
    ((one, body),) = story(text, tmp_path)
    assert body == one.body
    with pytest.raises(SampleError, match="has the line 'four' 0 times"):
        story(text.replace("below one", "below four"), tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [("<!-- sample: skip: -->\n```sh\nfalse\n```\n", "says nothing"), ("```yaml\na: 1\n```\n", "neither"),
     ("<!-- sample: skpi: x -->\n```sh\nfalse\n```\n", "says nothing"), ("<!-- sample: below x -->\n```yaml\na: 1\n```\n", "says nothing"),
     ("```sh\npip install x\n```\n", "change this machine"), ("```console\n$ cp x /etc/x\n```\n", "change this machine")],
)  # fmt: skip
def test_a_sample_that_neither_runs_nor_says_why_not_is_told(text, told):
    (fault,) = faults(samples_of(text, "page.md"))
    assert told in fault


def test_a_comment_that_is_about_no_sample_is_told():
    with pytest.raises(SampleError, match="1 comments"):
        samples_of("<!-- sample: skip: a server -->\n\nWords between.\n\n```sh\nfalse\n```\n", "page.md")
