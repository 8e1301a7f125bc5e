"""The mirror: worked examples, its rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit import measure
from hrkit.assessment.assessment import assess
from hrkit.blocks import Callout, Card, Heading, Table, plain, walk
from hrkit.commands.report import report
from hrkit.commands.sheet import sheet
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Score, Why, tidy
from hrkit.model import instrument_file as instruments
from hrkit.model.instrument import Question
from hrkit.model.wording import instrument_texts
from hrkit.tools.mirror.claims import CLAIMS
from hrkit.tools.mirror.findings import (
    Mirrored,
    Pattern,
    all_mirrored,
    cards,
    family,
    mirrored,
    statements,
)
from tests import pages, quick
from tests.tools.played import answer, engaged

MIRROR = instruments.load("mirror")


def score(mean: float, n: int, variance: float = 0.8, group: str = "leader") -> Score:
    return Score("x", "org", group, Why.SHOWN, n, mean, spread=tidy(variance**0.5))


def about_leaders(
    own: float, theirs: float, guess: float, n: tuple[int, int] = (12, 6)
) -> Mirrored:
    one = next(s for s in statements(MIRROR) if s.about == "leader")
    return mirrored(one, score(own, n[0]), score(theirs, n[1], group="hr"), score(guess, n[0]))


def test_sixteen_statements_each_with_a_guess_of_the_side_it_is_about() -> None:
    found = statements(MIRROR)
    assert len(found) == 16
    assert {(s.about, s.other) for s in found} == {("leader", "hr"), ("hr", "leader")}
    for one in found:
        assert one.about in one.guess.ask
        assert one.other not in one.guess.ask
        assert {"leader", "hr"} <= set(one.view.ask)
        for language in ("da", "nl", "en"):  # the guess is of the same words
            assert one.view.wordings["any"][language] in one.guess.wordings["any"][language]


@pytest.mark.parametrize("perspective", ["leader", "hr", "pay"])
def test_everybody_is_asked_twenty_four(perspective: str) -> None:
    assert len(list(MIRROR.questions(perspective))) == 24


# Twelve leaders and six in HR; the ends lie half a printed step further out than without rounding.
@pytest.mark.parametrize(
    ("means", "pattern", "a", "m"),
    [
        ((2.1, 3.6, 2.3), Pattern.BLIND, (1.5, 0.51, 2.49), (-1.3, -2.29, -0.31)),
        ((3.9, 3.8, 2.5), Pattern.UNFOUNDED, (-0.1, -1.09, 0.89), (-1.3, -2.29, -0.31)),
        ((2.1, 3.6, 3.4), Pattern.OPEN, (1.5, 0.51, 2.49), (-0.2, -1.19, 0.79)),
    ],
)
def test_worked_examples(
    means: tuple[float, float, float],
    pattern: Pattern,
    a: tuple[float, float, float],
    m: tuple[float, float, float],
) -> None:
    found = about_leaders(*means)
    assert found.pattern is pattern
    for said, known in ((found.a, a), (found.m, m)):
        assert said is not None
        assert (said.value, said.low, said.high) == pytest.approx(known, abs=0.02)
    assert found.s == pytest.approx(found.a.value + found.m.value)  # type: ignore[union-attr]


def test_one_that_stands_alone_is_a_card_and_no_finding() -> None:
    # p of the difference is .0036; among sixteen agreements and as many guesses it may be chance.
    one = about_leaders(2.1, 3.6, 2.3)
    page = family([one, *(about_leaders(3.0, 3.0, 3.0) for _ in range(15))])
    assert not page[0].told
    assert cards(page)[0].statement is one.statement
    alone = family([one])
    assert alone[0].told


def test_who_guesses_even_further_off_is_not_blind() -> None:
    # Leaders say 3.0, HR 4.0; the leaders expect 5.0: they know that HR says more.
    assert about_leaders(3.0, 4.2, 5.0, (60, 60)).pattern is not Pattern.BLIND


def test_a_missing_mean_is_never_compared() -> None:
    one = next(s for s in statements(MIRROR) if s.about == "leader")
    nothing = Score("x", "org", "hr", Why.SMALL)
    found = mirrored(one, score(2.1, 12), nothing, score(2.3, 12))
    assert (found.a, found.m, found.pattern) == (None, None, Pattern.UNTOLD)
    assert found.s == 0.2
    assert not cards([found])


def test_three_cards_of_three_themes() -> None:
    found = family(
        mirrored(one, score(2.0, 40), score(4.0, 40, group="hr"), score(2.0, 40))
        for one in statements(MIRROR)
    )
    chosen = cards(found)
    assert len(chosen) == 3
    assert len({one.statement.theme for one in chosen}) == 3


@pytest.mark.parametrize(
    ("leaders", "hr", "spreads"), [(12, 6, (0.8, 0.8)), (34, 14, (0.8, 0.8)), (64, 12, (0.5, 1.0))]
)
def test_where_everybody_sees_alike_hardly_a_page_tells_anything(
    leaders: int, hr: int, spreads: tuple[float, float]
) -> None:
    rng, pages_with, times = np.random.default_rng(7), 0, 150
    listed = statements(MIRROR)
    for _ in range(times):
        answers = {
            "leader": _answers(rng, leaders, spreads[0]),
            "hr": _answers(rng, hr, spreads[1]),
        }
        pooled = np.mean([x.var(axis=0, ddof=1).mean() for x in answers.values()])
        usual = max(1.0, tidy(pooled**0.5)) ** 2
        found = []
        for i, one in enumerate(listed):
            at = i % 8 + (8 if one.about == "hr" else 0)
            mine, theirs = answers[one.about], answers[one.other]
            found.append(
                mirrored(
                    one,
                    _made(mine[:, at], usual),
                    _made(theirs[:, at], usual),
                    _made(mine[:, 16 + i % 8], usual),
                )
            )
        pages_with += any(one.told for one in family(found))
    assert pages_with / times <= 0.05


def _answers(rng: np.random.Generator, n: int, spread: float) -> np.ndarray:
    tendency = rng.normal(0, 0.4 * spread, (n, 1))
    return np.clip(np.rint(3.2 + tendency + rng.normal(0, 0.9 * spread, (n, 24))), 1, 5)


def _made(values: np.ndarray, usual: float) -> Score:
    n = len(values)
    own = float(measure.moderated_variance(n, values.var(ddof=1), usual)) if n >= 10 else usual
    return Score("x", "org", "leader", Why.SHOWN, n, tidy(values.mean()), spread=tidy(own**0.5))


# ------------------------------------------------------------------------------ played whole


def mind(question: Question, perspective: str) -> float:
    """Time is blind, plain speaking is open, keeping one's word unfounded; the rest is alike."""
    theme, about = question.item.tags
    side = "leader" if perspective == "leader" else "hr"
    says = {
        ("time", "leader"): (2.0, 4.0, 2.1),
        ("openness", "hr"): (4.1, 2.3, 2.4),
        ("word", "hr"): (3.9, 3.9, 2.0),
    }.get((theme, about), (3.2, 3.2, 3.2))
    if question.facet.id == "guess":
        return says[2]
    return says[0] if side == about else says[1]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("mirror") / "nordby", "mirror")
    answer(folder / "mirror", {"leader": 40, "hr": 15, "pay": 8}, mind)
    return folder


def test_what_was_put_in_is_found(played: Path) -> None:
    ctx = assess(played / "mirror", language="da").context
    told = {
        (one.statement.theme, one.statement.about): one.pattern
        for one in all_mirrored(ctx)
        if one.told
    }
    assert told == {
        ("time", "leader"): Pattern.BLIND,
        ("openness", "hr"): Pattern.OPEN,
        ("word", "hr"): Pattern.UNFOUNDED,
    }


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheet_in_each_language(played: Path, language: str) -> None:
    found = assess(played / "mirror", language="da")
    words = found.engagement.words(language)
    ctx = dataclasses.replace(found.context, words=words)
    spoken = dataclasses.replace(found, context=ctx)
    with quick.undrawn():
        shown = spoken.section("tools")
    titles = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert words("mirror.theme.time") in titles[0]
    assert len([b for b in walk(shown.blocks) if isinstance(b, Card)]) == 3
    figures = [b for b in walk(shown.blocks) if isinstance(b, Table)]
    assert [len(table.rows) for table in figures] == [8, 8]
    (sheet_of_figures,) = shown.worksheets
    assert len(sheet_of_figures.rows) == 16
    handed = spoken.tool_sheet("cards")
    assert len([b for b in walk(handed.blocks) if isinstance(b, Card)]) == 3


def test_the_report_of_the_whole_has_a_chapter_and_the_part_a_report(played: Path) -> None:
    answer(played, {"leader": 12, "hr": 12}, lambda q, p: 3.4)
    with quick.without_kernel(), quick.undrawn():
        done = report(played, language="da")
        alone = report(played / "mirror", language="da", also="xlsx")
    words = assess(played / "mirror", language="da").context.words
    title = words("mirror.title.blind", theme=words("mirror.theme.time"), about="lederne")
    assert title in " ".join(pages.text_of(done.pdf).split())
    assert title in " ".join(pages.text_of(alone.pdf).split())
    pdf = sheet(played / "mirror", name="cards")
    assert pdf.is_file()


def test_a_side_that_is_too_small_is_not_compared(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror")
    answer(folder / "mirror", {"leader": 20, "hr": 4}, mind)
    ctx = assess(folder / "mirror").context
    assert all(one.a is None and one.m is None for one in all_mirrored(ctx))
    with quick.undrawn():
        shown = assess(folder / "mirror").section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks))
    assert not [b for b in walk(shown.blocks) if isinstance(b, Card)]


@pytest.mark.parametrize("late", [1, 4])
def test_a_late_answer_is_not_seen_between_two_versions(tmp_path: Path, late: int) -> None:
    """Whoever comes after a version was issued adds nothing to what is printed until five have come."""
    folder = engaged(tmp_path / "nordby", "mirror")
    engagement = answer(folder / "mirror", {"leader": 14, "hr": 9}, mind)
    first = issue(engagement, "w1")
    answer(
        folder / "mirror",
        {"leader": late},
        lambda q, p: 1.0 if q.facet.id == "view" else 5.0,
        seed=5,
    )
    second = issue(engagement, "w1")
    for before in first.scores:
        after = second.score(before.measure, before.group, before.unit)
        if before.group == "leader" and before.shown and after.shown:
            assert (before.n, before.mean) == (after.n, after.mean)


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    """A new text of the tool is a claim with a rule, or is read and put among those that claim nothing."""
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("mirror") if key.startswith("mirror.")}
    assert claimed <= own
    plain_ones = (
        "mirror.title.none", "mirror.title.hidden", "mirror.lead", "mirror.none", "mirror.hidden",
        "mirror.about.*", "mirror.guess*", "mirror.statement", "mirror.shows", "mirror.note",
        "mirror.alt", "mirror.pattern.alike", "mirror.pattern.untold", "mirror.pattern.question",
        "mirror.pattern_note", "mirror.theme.*", "mirror.cards.*", "mirror.sheet.*",
        "mirror.worksheet*", "mirror.column.*", "mirror.card", "mirror.step",
        "mirror.try.*",
    )  # fmt: skip
    rest = own - claimed
    assert [key for key in rest if not any(fnmatchcase(key, one) for one in plain_ones)] == []


def test_one_page_stands_over_all_tools(played: Path) -> None:
    answer(played, {"leader": 12, "hr": 12}, lambda q, p: 3.4, seed=9)
    whole = assess(played, language="da")
    with quick.undrawn():
        shown = whole.section("tools")
    words = whole.context.words
    titles = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert titles[0] == words("general.tools.title")
    table = next(b for b in walk(shown.blocks) if isinstance(b, Table))
    ((name, _, stands_out, answers),) = (tuple(map(plain, row)) for row in table.rows)
    assert name == "Antagelsesspejlet"
    assert stands_out == titles[1]
    assert "40" in answers
