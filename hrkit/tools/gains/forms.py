"""The gains' two sheets to fill in: what is counted, and the figures, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm, OpenRow
from hrkit.tools.gains.findings import FIGURES, GAINS, TOOL, counted

__all__ = ["FORMS"]

#: Lines for figures: two years of a handful of gains.
_LINES = 120


def definitions(engagement: Engagement, words: Words) -> OpenForm:
    """A line a gain: what is counted, where it comes from, who owns it, the start, the target."""

    def field(id: str, width: float = 16, kind: str = "text") -> OpenField:
        return OpenField(id, words(f"gains.column.{id}"), (), width, kind)  # type: ignore[arg-type]

    ways = tuple((id, words(f"gains.better.{id}")) for id in ("up", "down"))
    return OpenForm(
        TOOL,
        TOOL,
        words("gains.form.definitions.title"),
        tuple(words(f"gains.form.definitions.help.{i}") for i in range(1, 6)),
        (words("gains.column.gain"),),
        tuple(OpenRow(id, (words(f"gains.gain.{id}"),)) for id in GAINS),
        (
            OpenField(
                "definition",
                words("gains.column.definition"),
                tuple((id, _called(words, id)) for id in counted()),
                44,
            ),
            field("exactly", 34),
            OpenField("better", words("gains.column.better"), ways, 16),
            field("source", 22),
            field("owner", 20),
            field("start", 13, "date"),
            field("target", 10, "number"),
            field("by", 13, "date"),
            field("set_by", 18),
            field("hours", 12, "number"),
            field("rate", 12, "number"),
            field("events", 34),
        ),
        faults=_wrong_definitions,
        lasting=True,
    )


def _called(words: Words, id: str) -> str:
    gain = words(f"gains.gain.{counted()[id].gain}")
    return f"{gain}: {words(f'gains.definition.{id}')}"


def _wrong_definitions(lines: Sequence[OpenLine]) -> Iterator[Fault]:
    for line in lines:
        how = counted().get(line.field("definition"))
        if how is None:
            yield line.scope, line.row, "definition", "is empty", "choose what is counted"
            continue
        if how.gain != line.row:
            yield (
                line.scope,
                line.row,
                "definition",
                "is of another gain",
                "choose one of this gain",
            )
        if how.kind == "redo" and not line.field("hours"):
            yield line.scope, line.row, "hours", "is empty", "hours are counted by it"
        for id in ("source", "owner"):
            if not line.field(id):
                yield line.scope, line.row, id, "is empty", "a figure has a source and an owner"


def figures(engagement: Engagement, words: Words) -> OpenForm:
    """A line a figure: which gain, its first day, and what was counted or measured."""
    names = tuple((id, words(f"gains.gain.{id}")) for id in GAINS)
    kinds = {"period": "date", "numerator": "number", "denominator": "number", "value": "number"}
    return OpenForm(
        TOOL,
        FIGURES,
        words("gains.form.figures.title"),
        tuple(words(f"gains.form.figures.help.{i}") for i in range(1, 5)),
        (),
        (),
        (
            OpenField("gain", words("gains.column.gain"), names, 30),
            *(
                OpenField(id, words(f"gains.column.{id}"), (), 16, kind)  # type: ignore[arg-type]
                for id, kind in kinds.items()
            ),
            OpenField("note", words("gains.column.note"), (), 40),
        ),
        free=_LINES,
        faults=_wrong_figures,
        lasting=True,
    )


def _wrong_figures(lines: Sequence[OpenLine]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        top, whole, value = (line.field(id) for id in ("numerator", "denominator", "value"))
        said = (line.field("gain"), line.field("period"))
        for id, what in zip(("gain", "period"), said, strict=True):
            if not what:
                yield line.scope, line.row, id, "is empty", "say which gain and which period"
        if all(said) and said in seen:
            yield (
                line.scope,
                line.row,
                "period",
                "stands there twice for this gain",
                "keep one line",
            )
        seen.add(said)
        if value and (top or whole):
            yield line.scope, line.row, "value", "stands beside a count", "write one or the other"
        elif not value and not (top and whole):
            fix = "write the figure, or number and of all"
            yield line.scope, line.row, "value", "says no figure", fix
        elif top and not 0 <= float(top) <= float(whole):
            yield line.scope, line.row, "numerator", "is more than there are", "correct one of them"
        elif top and float(whole) == 0:
            yield line.scope, line.row, "denominator", "is none", "leave the line out"


FORMS: Mapping[str, FormMaker] = {TOOL: definitions, FIGURES: figures}
