"""Phrases written once for many."""

import pytest

from kgdocs.grammar.alternatives import expanded


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        (["thực hiện"], ("thực hiện",)),
        (["(để|nhằm|) thực hiện"], ("để thực hiện", "nhằm thực hiện", "thực hiện")),
        (["(các|) nội dung (của|tại)"], ("các nội dung của", "các nội dung tại", "nội dung của", "nội dung tại")),
        (["(để|) thực hiện", "thực hiện"], ("để thực hiện", "thực hiện")),
        (["sửa đổi (một phần)"], ("sửa đổi (một phần)",)),
    ],
)
def test_alternatives(written, phrases):
    assert expanded(written) == phrases
