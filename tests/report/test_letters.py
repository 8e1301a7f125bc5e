"""The text of charts: it stays text, in a font that forked processes do not share, and keeps its room."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from hrkit.publish.normalise import clean_svg_text
from hrkit.report.charts.base import canvas, svg, wrap
from hrkit.report.charts.letters import advance, width_of
from hrkit.report.charts.marks import row_labels
from hrkit.report.theme import Theme

THEME = Theme("#0b5d7a", "#b35c00")


def drawn(text: str, **how: object) -> str:
    with canvas(THEME, 3, 1) as figure:
        figure.text(0.1, 0.5, text, fontsize=10, **how)
        return svg(figure)


def test_text_stays_text_in_the_report_s_font() -> None:
    made = drawn("Nærvær & støtte <i>")
    assert "Nærvær &amp; støtte &lt;i&gt;</text>" in made
    assert "font-family=\"Lato, 'DejaVu Sans', sans-serif\"" in made and "hrkit Lato" not in made
    assert made == drawn("Nærvær & støtte <i>")


@pytest.mark.parametrize("how", [{}, {"weight": "bold"}, {"style": "italic"}])
def test_a_label_says_how_wide_it_is_for_who_has_another_font(how: dict[str, object]) -> None:
    made = drawn("Nærvær og støtte", **how)
    (said,) = re.findall(r'textLength="([0-9.]+)"', made)
    bold = "weight" in how
    assert float(said) == pytest.approx(
        10 * sum(advance(c, bold) for c in "Nærvær og støtte"), abs=0.06
    )
    # Hinted for a screen a line is a little wider.
    assert float(said) == pytest.approx(width_of("Nærvær og støtte", 10), rel=0.2)


def test_the_page_that_has_the_font_does_not_stretch_it() -> None:
    assert "textLength" not in clean_svg_text(drawn("Nærvær og støtte"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux tells which files are open")
def test_no_font_is_held_open_for_children_to_read_at_once() -> None:
    look = (
        "import gc, os\n"
        "from hrkit.report.charts.base import practise\n"
        "practise()\n"
        "from hrkit.report.charts.letters import advance, width_of\n"
        "width_of('x', 9), advance('x', True)\n"
        "if not os.fork():\n"  # matplotlib forgets its own fonts in a child
        "    gc.collect()\n"
        "    held = [os.path.realpath(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')]\n"
        "    os._exit(any(name.endswith('.ttf') for name in held))\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", look], timeout=120).returncode == 0


@pytest.mark.parametrize("height", [0.26, 0.3, 0.42])
def test_names_of_rows_never_touch(height: float) -> None:
    """Two names of two lines, one above the other, as on page one in Dutch."""
    names = [wrap("HR-expertise en inzicht in de organisatie", 1.7, 8.2, 2)] * 5
    assert names[0].count("\n") == 1
    with canvas(THEME, 6.0, 5 * height) as figure:
        axes = figure.add_axes((0.35, 0, 0.65, 1))
        axes.set_ylim(4.5, -0.5)
        row_labels(axes, names, 2.0, height)
        figure.canvas.draw()
        boxes = [one.get_window_extent() for one in axes.texts]
        for above, below in pairwise(boxes):
            assert above.y0 - below.y1 > 2 * figure.dpi / 72
