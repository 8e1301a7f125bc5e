"""What only another format is made of is not made where nobody ordered that format."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import MIME, to_json
from hrkit.blocks.shown import unseen


@pytest.mark.usefixtures("undrawn")
def test_a_page_is_the_same_whatever_is_ordered_beside_it(
    client: Callable[[str, str], Assessment],
) -> None:
    report = client("municipality", "da")
    kept = [report.part(name) for name in report.context.profile["parts"]]
    for formats in ((), ("xlsx",), ("pptx",), ("docx", "html"), ("xlsx", "pptx")):
        with unseen(formats):
            made = [report.part(name) for name in report.context.profile["parts"]]
            shown = [one._repr_mimebundle_() for one in made]
        assert [to_json(one.blocks) for one in made] == [to_json(one.blocks) for one in kept]
        for now, before in zip(made, kept, strict=True):
            assert now.worksheets == (before.worksheets if "xlsx" in formats else ())
            assert now.slides == (before.slides if "pptx" in formats else ())
        for bundle in shown:
            data = bundle[0] if isinstance(bundle, tuple) else bundle
            assert MIME in data and "text/html" not in data
    assert any(one.worksheets for one in kept) and any(one.slides for one in kept)
    assert "text/html" in kept[0]._repr_mimebundle_()[0]
