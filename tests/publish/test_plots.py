"""A chart's data: what it may hold, and that the picture's words and the data say the same."""

from __future__ import annotations

import dataclasses
import re
from xml.etree import ElementTree

import pytest

from hrkit.blocks import Figure, Paragraph, Plot, PlotSeries, from_json, to_json, walk
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.plots import chart_xml
from hrkit.publish.plots.cells import key_lines
from hrkit.publish.word.charts import height_of

SERIES = PlotSeries("S", (1.0, None), ("1,0", "for få"))
PLOT = Plot("bars", "T", ("a", "b"), (SERIES,), low=1, high=5)


@pytest.mark.parametrize(
    "wrong",
    [
        dataclasses.replace(PLOT, title=" "),
        dataclasses.replace(PLOT, series=()),
        dataclasses.replace(PLOT, low=5),
        dataclasses.replace(PLOT, kind="points"),
        dataclasses.replace(PLOT, kind="pie"),
        dataclasses.replace(PLOT, series=(dataclasses.replace(SERIES, values=(1.0,)),)),
        dataclasses.replace(PLOT, series=(dataclasses.replace(SERIES, said=("1",)),)),
        dataclasses.replace(PLOT, series=(dataclasses.replace(SERIES, colour="red"),)),
        dataclasses.replace(PLOT, series=(dataclasses.replace(SERIES, pattern="waves"),)),
        dataclasses.replace(
            PLOT, series=(dataclasses.replace(SERIES, values=(float("nan"), 1.0)),)
        ),
        dataclasses.replace(PLOT, series=(dataclasses.replace(SERIES, values=("=1", 1.0)),)),
    ],
)
def test_data_that_no_chart_can_be_drawn_of_is_refused(wrong: Plot) -> None:
    figure = Figure("<svg/>", "alt", plots=(PLOT,))
    assert checked([figure]) == (figure,)
    assert from_json(to_json(figure)) == figure
    with pytest.raises(PublishError):
        checked([dataclasses.replace(figure, plots=(wrong,))])


def test_data_alone_is_no_block_of_a_page() -> None:
    with pytest.raises(PublishError):
        checked([Paragraph("x"), PLOT])
    assert checked([PLOT], among_slides=True) == (PLOT,)


def test_a_row_without_a_value_says_why_in_its_name() -> None:
    text = chart_xml(PLOT, "rId1", "da-DK", size=9, height=200, font="X").decode()
    assert "b (for få)" in text and text.count("<c:v>") == 1 + 2 + 1
    evil = dataclasses.replace(PLOT, categories=("</c:v><x/>", '"&'))
    root = ElementTree.fromstring(chart_xml(evil, "r", 'a"b', size=9, height=200, font="X"))
    assert not [one for one in root.iter() if one.tag == "x"]


def test_what_the_picture_says_and_what_its_data_say_is_one(blocks) -> None:
    """Every value of the data stands in the sentence that a screen reader gets of the picture."""
    looked = 0
    for block in walk(blocks("municipality", "da")):
        if isinstance(block, Figure) and block.plots:
            words = re.sub(r"\s+", " ", block.alt)
            if block.plots[0].categories[0] not in words:
                continue  # its figures stand in a table beside it, and are not read twice
            for name, *said in block.plots[0].rows():
                assert name in words
                for value in filter(None, said):
                    assert re.sub(r"\s+", " ", value) in words, (value, words)
                    looked += 1
    assert looked > 15  # most charts have their figures in a table beside them


def test_a_key_of_long_names_has_room_above_the_bars() -> None:
    """Names that fit beside no other stand in a line each, and the bars begin below the last."""
    names = ("I have it, and used it in the last three months", "I have it, and did not use it")
    names += ("I do not have it, and do not miss it", "I do not have it, and miss it", "Don't know")
    series = tuple(PlotSeries(name, (0.2,) * 3, ("20 %",) * 3) for name in names)
    plot = Plot("stack", "T", ("a", "b", "c"), series, percent=True, decimals=0)
    assert key_lines(plot) == 5
    assert key_lines(dataclasses.replace(plot, series=series[:1])) == 0
    short = tuple(dataclasses.replace(one, name=one.name[:9]) for one in series)
    assert key_lines(dataclasses.replace(plot, series=short)) == 1
    tall = height_of(plot)
    root = ElementTree.fromstring(chart_xml(plot, "r", "", size=8, height=tall, font="X"))
    (top,) = (float(one.get("val")) for one in root.iter() if one.tag.endswith("}y"))
    assert top * tall >= 5 * 8 * 1.9 and (0.97 - top) * tall > 3 * 12
