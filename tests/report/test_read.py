"""Whole reports of organisations drawn at random, read sentence by sentence beside their released tables.

`tests.report.reader` knows the printed text and the tables, and nothing of the code between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hrkit.assessment.assessment import Assessment, assess
from hrkit.disclosure.released import Certainty, Released
from hrkit.tools import steps_of
from tests.report.organisations import build, organisation
from tests.report.reader import faults, piece_faults, ranked_faults, sentences, tool_faults
from tests.report.reader.read import _unread

pytestmark = pytest.mark.usefixtures("undrawn")

#: Seed, language and how many tools: two waves with a difference of every kind, and one with five tools' claims.
DRAWN = {"two waves": (4103, "en", 4), "tools": (5004, "da", 4)}


def drawn(folder: Path, seed: int, language: str, tools: int) -> Assessment:
    with pytest.MonkeyPatch.context() as patch:
        build(organisation(seed, language, tools), folder, patch)
    return assess(folder, language=language)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assessment]:
    home = tmp_path_factory.mktemp("drawn")
    return {name: drawn(home / str(one[0]), *one) for name, one in DRAWN.items()}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_every_sentence_is_carried_by_the_released_tables(
    reports: dict[str, Assessment], name: str, language: str
) -> None:
    report = spoken(reports[name], language)
    assert sum(1 for _ in sentences(report)) > 400
    found = [*faults(report), *tool_faults(report)]
    assert found == [], "\n".join(found)


def spoken(report: Assessment, language: str) -> Assessment:
    ctx = report.context
    parts = tuple(replace(p, words=p.engagement.words(language)) for p in ctx.parts)
    made = replace(ctx, words=report.engagement.words(language), parts=parts)
    return Assessment(replace(made, steps=steps_of(made)), report.profile)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5000, 5060))
def test_sentences_of_sixty_more(tmp_path: Path, seed: int) -> None:
    report = drawn(tmp_path / "drawn", seed, ("da", "nl", "en")[seed % 3], seed % 5)
    found = [*faults(report), *tool_faults(report), *ranked_faults(report), *piece_faults(report)]
    assert found == [], "\n".join(found)


# ------------------------------------------------------------------- what the reader would notice


def first(
    rows: tuple[Any, ...], change: Callable[[Any], Any], fits: Callable[[Any], bool]
) -> tuple[Any, ...]:
    """The same rows, the first that fits changed."""
    at = next(i for i, row in enumerate(rows) if fits(row))
    return (*rows[:at], change(rows[at]), *rows[at + 1 :])


def told(row: Any) -> bool:
    return row.certainty is not Certainty.UNKNOWN


def tampered(r: Released, root: str, known: set[str]) -> Iterator[tuple[str, Released]]:
    """Tables that differ in one thing from those that were printed."""
    gaps = [g for g in r.gaps if g.measure in known and g.unit == root and g.shown]
    shown = lambda s: s.measure in known and s.unit == root and s.group == "leader" and s.shown  # noqa: E731
    yield (
        "mean",
        replace(
            r, scores=first(r.scores, lambda s: replace(s, mean=round(s.mean + 0.1, 1)), shown)
        ),
    )
    yield (
        "low",
        replace(r, scores=first(r.scores, lambda s: replace(s, low=round(s.low - 0.1, 1)), shown)),
    )
    yield (
        "gap",
        replace(
            r,
            gaps=first(
                r.gaps, lambda g: replace(g, low=-0.1, high=0.1), lambda g: g in gaps and told(g)
            ),
        ),
    )
    yield (
        "no gap",
        replace(
            r,
            gaps=first(
                r.gaps, lambda g: replace(g, low=0.1, high=0.9), lambda g: g in gaps and not told(g)
            ),
        ),
    )
    yield (
        "clear",
        replace(
            r,
            gaps=first(
                r.gaps,
                lambda g: replace(g, certainty=Certainty.TENDS),
                lambda g: g in gaps and told(g),
            ),
        ),
    )
    yield (
        "turnout",
        replace(
            r,
            turnout=first(
                r.turnout,
                lambda x: replace(x, answered=x.answered - 1),
                lambda x: x.unit == root and bool(x.answered),
            ),
        ),
    )
    ranks = {1: 2, 2: 1}
    yield (
        "order",
        replace(
            r, priorities=tuple(replace(p, rank=ranks.get(p.rank, p.rank)) for p in r.priorities)
        ),
    )
    yield (
        "firm",
        replace(
            r,
            priorities=first(r.priorities, lambda p: replace(p, first=0.99), lambda p: p.rank == 1),
        ),
    )
    yield (
        "chosen",
        replace(
            r,
            ballots=first(
                r.ballots,
                lambda b: replace(b, shares=tuple(s + 0.01 for s in b.shares)),
                lambda b: b.group == "leader",
            ),
        ),
    )
    yield (
        "spread",
        replace(
            r,
            contrasts=tuple(
                replace(c, certainty=Certainty.UNKNOWN) if c.kind == "dimensions" else c
                for c in r.contrasts
            ),
        ),
    )
    yield (
        "statements",
        replace(
            r,
            contrasts=tuple(
                replace(c, certainty=Certainty.UNKNOWN) if c.kind == "statements" else c
                for c in r.contrasts
            ),
        ),
    )
    yield (
        "pillars",
        replace(
            r,
            contrasts=tuple(
                replace(c, certainty=Certainty.UNKNOWN) if c.kind == "pillars" else c
                for c in r.contrasts
            ),
        ),
    )
    here = lambda c: c.measure in known  # noqa: E731
    yield (
        "change",
        replace(
            r,
            changes=first(
                r.changes, lambda c: replace(c, low=-0.1, high=0.1), lambda c: here(c) and told(c)
            ),
        ),
    )
    yield (
        "marks",
        replace(
            r,
            changes=first(
                r.changes,
                lambda c: replace(c, low=0.1, high=0.9),
                lambda c: here(c) and not told(c),
            ),
        ),
    )
    yield (
        "others' change",
        replace(
            r,
            changes=first(
                r.changes,
                lambda c: replace(c, low=-0.1, high=0.1),
                lambda c: here(c) and told(c) and c.group == "all",
            ),
        ),
    )
    yield (
        "units",
        replace(
            r,
            contrasts=first(
                r.contrasts,
                lambda c: replace(c, certainty=Certainty.TENDS),
                lambda c: c.kind == "units",
            ),
        ),
    )
    yield (
        "tiers",
        replace(
            r,
            contrasts=first(
                r.contrasts,
                lambda c: replace(c, certainty=Certainty.TENDS),
                lambda c: c.kind == "tiers",
            ),
        ),
    )
    yield "strength", replace(r, strengths=(), scores=r.scores) if r.strengths else r


def test_one_thing_that_differs_is_noticed(reports: dict[str, Assessment]) -> None:
    report = reports["two waves"]
    known = {s.id for s in report.context.instrument.dimensions}
    read = tuple(sentences(report))
    assert faults(report, read=read) == []
    missed = [
        name
        for name, other in tampered(report.released, report.engagement.root.id, known)
        if other != report.released and not faults(report, other, read)
    ]
    assert missed == []


def test_a_figure_of_a_tool_that_differs_is_noticed(reports: dict[str, Assessment]) -> None:
    report = reports["tools"]
    for at, part in enumerate(report.context.parts):
        scores = tuple(
            replace(s, mean=round(s.mean - 0.3, 1)) if s.shown else s for s in part.released.scores
        )
        shares = tuple(
            replace(s, shares=tuple(x + 0.03 for x in s.shares)) for s in part.released.shares
        )
        other = replace(part, released=replace(part.released, scores=scores, shares=shares))
        parts = (*report.context.parts[:at], other, *report.context.parts[at + 1 :])
        assert list(tool_faults(report, parts)), part.instrument.id


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The leaders stand clearly higher than HR (3.1)."),
        ("en", "Trust lies apart from everything else."),
        ("da", "Lederne ligger tydeligt højere end HR."),
        ("nl", "De leidinggevenden scoren duidelijk hoger, 45% van hen."),
    ],
)
def test_a_sentence_that_the_grammar_does_not_know_is_a_fault(language: str, sentence: str) -> None:
    assert list(_unread("summary", sentence, language))
