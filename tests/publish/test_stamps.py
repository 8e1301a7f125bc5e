"""Parts of two reports are not printed as one, nor cells that ran in another order."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from hrkit.blocks import MIME, DocumentInfo, Paragraph, to_json
from hrkit.blocks.shown import Shown
from hrkit.errors import PublishError
from hrkit.publish.document import blocks_of
from hrkit.publish.parameters import without_injected

STAMP = {
    "engagement": "alpha", "wave": "w1", "language": "da", "profile": "full", "state": "preview",
    "release": "r1", "settings": "s1",
}  # fmt: skip


def cell(count: int | None, stamp: dict[str, str] | None = STAMP, text: str = "p") -> Any:
    data: Any = Shown((Paragraph(text),), stamp or {})._repr_mimebundle_()
    bundle, about = data if isinstance(data, tuple) else (data, {})
    output = new_output("display_data", bundle, metadata=about)
    return new_code_cell("report.part()", execution_count=count, outputs=[output])


def printed(*cells: Any) -> int:
    return len(blocks_of(new_notebook(cells=list(cells)), "nb"))


def test_parts_of_one_report_are_printed() -> None:
    assert printed(cell(1), cell(2), new_code_cell("x = 1", execution_count=3), cell(4)) == 4


@pytest.mark.parametrize("key", STAMP)
def test_parts_that_differ_are_refused(key: str) -> None:
    with pytest.raises(PublishError, match="two .*Restart Kernel and Run All"):
        printed(cell(1), cell(2, {**STAMP, key: "other"}))


def test_a_part_without_a_stamp_among_others_is_refused() -> None:
    for cells in ([cell(1), cell(2, None)], [cell(1, None), cell(2)]):
        with pytest.raises(PublishError, match="does not say of which report"):
            printed(*cells)
    assert printed(cell(1, None), cell(2, None)) == 3


@pytest.mark.parametrize("counts", [(2, 1), (1, 1), (5, 6, 3), (1, 9, 4)])
def test_cells_that_ran_out_of_order_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(PublishError, match="out of order.*Restart Kernel and Run All"):
        printed(*(cell(count) for count in counts))


def test_a_cell_that_shows_nothing_counts_in_the_order_too() -> None:
    # The wave was changed, and only the cell that reads it was run again.
    with pytest.raises(PublishError, match="out of order"):
        printed(new_code_cell("report = hrkit.assess()", execution_count=9), cell(4), cell(5))


def test_a_mark_stands_on_the_screen_and_not_on_the_page() -> None:
    info = DocumentInfo("T", "da")
    bundle, about = Shown((info, Paragraph("p")), STAMP, "PREVIEW")._repr_mimebundle_()
    assert "PREVIEW" in bundle["text/html"]
    assert bundle[MIME] == to_json((info, Paragraph("p")))
    assert about == {MIME: {"stamp": STAMP}}


def parameters(source: str, *tags: str) -> Any:
    return new_code_cell(source, metadata={"tags": list(tags)})


INJECTED = '# Parameters\nlanguage = "da"\nwave = "w1"\n'


@pytest.mark.parametrize(
    "cells",
    [
        [parameters(INJECTED, "injected-parameters")],
        [parameters(INJECTED)],
        [
            parameters(INJECTED, "injected-parameters"),
            parameters(INJECTED),
            parameters("\n" + INJECTED),
        ],
        [parameters('language = "nl"', "injected-parameters")],
    ],
)
def test_parameters_of_an_earlier_run_are_taken_out(cells: list[Any]) -> None:
    first = parameters('language = ""\nwave = ""', "parameters")
    own = [parameters('# Parameters of my own chart\ncolour = "red"'), parameters("x = language")]
    cleaned = without_injected(new_notebook(cells=[first, *cells, *own]))
    assert cleaned.cells == [first, *own]
