"""What tools ask for: found like their chapters, each step resting on a rule of its tool."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hrkit.report.tool_steps import ToolStep


def test_a_step_says_which_rule_of_which_tool_it_rests_on() -> None:
    step = ToolStep("mirror:blind:time", "hr", "…", "…")
    assert (step.horizon, step.agreed) == ("now", False)
    with pytest.raises(ValueError, match="which rule"):
        ToolStep("mirror", "hr", "…", "…")
    with pytest.raises(ValueError, match="soon"):
        ToolStep("mirror:blind:time", "hr", "…", "…", horizon="soon")


def test_steps_are_collected_from_the_whole_and_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    tools = import_module("hrkit.tools")
    step = ToolStep("mirror:blind:time", "hr", "…", "…")
    monkeypatch.setitem(tools._TOOLS, "mirror", SimpleNamespace(STEPS=lambda ctx: (step,)))

    def context(id: str, taken: tuple[str, ...], *parts: SimpleNamespace) -> SimpleNamespace:
        asked = SimpleNamespace(instrument=SimpleNamespace(speaks=(id,)), tools=taken)
        return SimpleNamespace(engagement=asked, parts=parts)

    part = context("mirror", ())
    whole = context("partnership", ("mirror",), part)
    assert tools.steps_of(whole) == (step,)
    assert tools.steps_of(part) == (step,)
