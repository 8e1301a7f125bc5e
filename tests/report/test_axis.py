"""The names under an axis' values: whole, level with each other, and inside the drawing."""

from __future__ import annotations

import pytest

from hrkit.model.languages import codes
from hrkit.report.charts.base import over_axis, wrapped_ends

#: Inches between two values of the narrowest chart with named ends.
SLOT = 0.72


@pytest.mark.parametrize("language", codes())
def test_no_name_of_an_answer_is_cut(client, language: str) -> None:
    """Two scales in one mean have two names at either end: "Strongly agree / (Nearly) always"."""
    ctx = client("municipality", language).context
    for section in ctx.instrument.dimensions:
        names = wrapped_ends(ctx.ends(section), SLOT)
        assert "…" not in "".join(names)
        for name, wanted in zip(names, ctx.ends(section), strict=True):
            assert " ".join(name.split()) == wanted


def test_values_stand_in_one_row_and_nothing_above_the_drawing() -> None:
    names = wrapped_ends(["Hver for sig", "På forespørgsel", "Med faste aftaler", "", "Et"], 0.7)
    assert {name.count("\n") for name in names} == {1}
    two, none = over_axis(names), over_axis(["", ""])
    assert two > over_axis(["a", "b"]) > none
    # Three lines of 7.5 points, the value's and two of the name, have room.
    assert two >= 3 * 7.5 * 1.35 / 72
