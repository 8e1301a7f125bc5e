"""A report with everything beside it is one pass: one version is decided, and no chart is drawn twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

import hrkit
from hrkit import synthetic
from hrkit.disclosure import release
from hrkit.publish.formats import BESIDE
from tests.quick import without_kernel


def test_a_release_runs_once_and_a_chart_is_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "firm"
    synthetic.build(synthetic.client("firm"), folder)
    decided: list[Any] = []
    drawn: list[Any] = []
    make, draw = release.make, Figure.draw

    def once(*args: Any, **how: Any) -> Any:
        decided.append(args)
        return make(*args, **how)

    def kept(figure: Figure, *args: Any) -> None:
        draw(figure, *args)
        said = [(one.get_text(), one.get_position()) for one in figure.findobj(Text)]
        lines = [line.get_xydata().tobytes() for line in figure.findobj(Line2D)]
        drawn.append(str((tuple(figure.get_size_inches()), said, lines)))

    monkeypatch.setattr(release, "make", once)
    monkeypatch.setattr(Figure, "draw", kept)
    with without_kernel():
        hrkit.report(folder, profile="summary", also=tuple(BESIDE))
    assert len(decided) == 1
    assert len(drawn) > 2 and len(set(drawn)) == len(drawn)
