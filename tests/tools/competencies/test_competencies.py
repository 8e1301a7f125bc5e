"""The competencies: worked examples, the rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Callout, Figure, Heading, Table, plain, walk
from hrkit.commands.fill import Filled, fill
from hrkit.commands.release import release
from hrkit.commands.sheet import sheet
from hrkit.disclosure.chosen.joint import told_jointly
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Share, Why
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.wording import instrument_texts
from hrkit.tools import steps_of
from hrkit.tools.competencies.claims import CLAIMS
from hrkit.tools.competencies.findings import (
    SURE,
    asked,
    balance_of,
    borich,
    first,
    order_of,
    page,
    placed,
)
from hrkit.tools.competencies.ranking import (
    Balance,
    _q,
    _shrunk,
    agreement,
    by_means,
    likely,
    tau_b,
)
from tests import pages, quick
from tests.tools.played import Mind, answer, engaged, typed

LIST = instruments.load("competencies")


def test_every_line_of_the_list_has_one_home_but_the_one_that_is_no_competency() -> None:
    lines = [tag for item in LIST.items.values() for tag in item.tags]
    assert len(lines) == len(set(lines))
    assert {f"c{i:02}" for i in range(1, 43)} - set(lines) == {"c37"}
    assert len(asked(LIST)) == 29


def test_what_is_made_of_two_ratings_is_asked_of_nobody() -> None:
    assert not {one.balance for one in asked(LIST)} & set(LIST.keys)
    assert {one.balance for one in asked(LIST)} <= set(LIST.measured)


@pytest.mark.parametrize(
    ("importance", "strength", "rds", "mwds", "shown"),
    [
        ((5, 5, 4, 4, 5, 3, 4, 5, 4, 5), (3, 4, 4, 2, 3, 3, 5, 3, 2, 4), -60, 4.84, True),
        # These think so much alike that beside the means the one who lies above would be known.
        ((4, 4, 4, 4, 4, 5, 4, 4, 5, 4), (3, 3, 3, 3, 3, 4, 5, 4, 4, 4), -60, 2.52, False),
    ],
)
def test_two_orders_of_ten_answers(
    importance: tuple[int, ...], strength: tuple[int, ...], rds: int, mwds: float, shown: bool
) -> None:
    one, other = np.array(importance, dtype=float), np.array(strength, dtype=float)
    found = told_jointly(one, other, 10)
    below, same, above = ((other < one).mean(), (other == one).mean(), (other > one).mean())
    assert round(100 * (above - below)) == rds
    # One of ten lies above: that is not told, and stands for one person in the order.
    assert (found.shown, found.together) == (shown, (2, 1) if shown else ())
    share = Share(
        "x", "leader", Why.SHOWN, 10, ("below",), (below,), ("above", "same"), same + above
    )
    balance = balance_of(share)
    assert balance is not None and round(balance.rds) == rds
    assert round(borich(one.mean(), other.mean()), 2) == mwds


def test_q_and_the_variance_between_of_thirteen_trials() -> None:
    """Colditz et al. 1994, JAMA 271, 698-702, as metafor prints it by DerSimonian and Laird's rule.

    Thirteen trials of a vaccine, log risk ratios: Q(12) = 152.2330, tau^2 = 0.3088, the mean -0.7141.
    """
    trials = np.array(
        [(4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867),
         (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88391, 499, 88391),
         (29, 7499, 45, 7277), (17, 1716, 65, 1665), (186, 50634, 141, 27338), (5, 2498, 3, 2341),
         (27, 16913, 29, 17854)], dtype=float,
    )  # fmt: skip
    ill, of, controls, of_controls = trials.T
    value = np.log(ill / of) - np.log(controls / of_controls)
    variance = 1 / ill - 1 / of + 1 / controls - 1 / of_controls
    q = float(_q(value, variance))
    mean, _, spread = _shrunk(value, variance, q)
    held = spread**2 / variance
    assert q == pytest.approx(152.2330, abs=5e-5)
    assert mean == pytest.approx(-0.7141, abs=5e-5)
    assert variance * held / (1 - held) == pytest.approx(np.full(13, 0.3088), abs=5e-5)


def test_agreement_of_two_orders_of_eight() -> None:
    assert round(tau_b(range(1, 9), (2, 1, 3, 5, 4, 8, 6, 7)), 3) == 0.714
    assert np.isnan(tau_b((1, 1, 1), (1, 2, 3)))


@pytest.mark.parametrize(
    ("values", "shares", "together", "rest", "below", "above"),
    [
        (("below", "same", "above"), (0.5, 0.3, 0.2), (), 0.0, 0.5, 0.2),
        (("below",), (0.6,), ("above", "same"), 0.4, 0.6, 0.05),
        (("above",), (0.6,), ("below", "same"), 0.4, 0.05, 0.6),
        (("below",), (0.6,), ("same", "above"), 0.4, 0.6, 0.35),
    ],
)
def test_fewer_than_three_count_as_one(
    values: tuple[str, ...],
    shares: tuple[float, ...],
    together: tuple[str, ...],
    rest: float,
    below: float,
    above: float,
) -> None:
    found = balance_of(Share("x", "leader", Why.SHOWN, 20, values, shares, together, rest))
    assert found is not None
    assert (found.below, found.above) == pytest.approx((below, above))
    assert found.exact is (not together)


def test_counts_that_are_withheld_are_placed_by_the_means() -> None:
    far, near = by_means(4.8, 2.6, (0.5, 0.6), 20), by_means(4.0, 3.9, (0.8, 0.8), 20)
    assert far.rds < -90 < -20 < near.rds < 0


def drawn(rng: np.random.Generator, n: int, gaps: np.ndarray) -> list[Balance]:
    """What people with a mind of their own answer of competencies that lie so far apart."""
    own, many = rng.normal(0, 0.5, n)[:, None], len(gaps)
    one = np.clip(np.rint(4.1 + own / 2 + rng.normal(0, 0.7, (n, many))), 1, 5)
    other = np.clip(np.rint(4.1 - gaps + own + rng.normal(0, 0.8, (n, many))), 1, 5)
    below, above = (other < one).mean(axis=0), (other > one).mean(axis=0)
    return [Balance(float(a), float(b), n) for a, b in zip(below, above, strict=True)]


@pytest.mark.parametrize("n", [12, 30])
def test_hardly_a_page_names_one_where_all_are_alike(n: int) -> None:
    rng, times, wrong = np.random.default_rng(n), 150, 0
    for _ in range(times):
        chance = likely(drawn(rng, n, np.full(29, 0.6)))
        wrong += chance is not None and max(chance) >= SURE
    assert wrong / times <= 0.05


def test_who_is_named_mostly_belongs_there() -> None:
    rng, gaps, right = np.random.default_rng(4), np.linspace(0, 1.4, 29), []
    for _ in range(12):
        chance = likely(drawn(rng, 25, gaps)) or ()
        right += [place >= 19 for place, one in enumerate(chance) if one >= SURE]
    assert len(right) > 30 and np.mean(right) > 0.8


def test_orders_are_said_to_differ_or_to_be_alike_only_where_they_are() -> None:
    rng, gaps, said = np.random.default_rng(5), np.linspace(0, 1.4, 29), {"same": [], "other": []}
    for _ in range(25):
        mine = drawn(rng, 30, gaps)
        for name, order in (("same", gaps), ("other", rng.permutation(gaps))):
            found = agreement(mine, drawn(rng, 15, order))
            assert found is not None
            said[name].append(found.said)
    assert said["same"].count("differ") <= 2 and said["other"].count("alike") <= 1
    assert said["other"].count("differ") > 10


# ------------------------------------------------------------------------------ played whole

#: Items that matter and are weak, and that are strong.
WANTED, STRONG = ("wide.across", "new.digital", "wide.sharing"), ("day.running", "relate.empathy")


def mind(question, perspective: str) -> float:  # type: ignore[no-untyped-def]
    first = question.facet.id == "importance"
    if question.item.id in WANTED:
        return 4.7 if first else 2.4
    if question.item.id in STRONG:
        return 3.6 if first else 4.2
    return 4.0 if first else 3.5


def crowd(folder: Path, leaders: int, hr: int = 0, how: Mind = mind) -> Path:
    people = {"leader": leaders} | ({"hr": hr} if hr else {})
    answer(folder, people, how)
    return folder


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("competencies") / "nordby", "competencies")
    return crowd(folder / "competencies", 40, 14)


def test_what_was_put_in_is_found(played: Path) -> None:
    ctx = assess(played).context
    found = page(ctx, "leader")
    assert found.ranked and found.told
    assert {one.asked.item.id for one in first(found)} >= set(WANTED)
    assert not {one.asked.item.id for one in first(found)} & set(STRONG)
    assert set(placed(found)) == set(LIST.items)
    order = order_of(ctx, "leader", "hr")
    assert order is not None and order.said in ("alike", "untold")


def test_means_and_counts_rest_on_the_same_people(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "competencies") / "competencies"
    engagement = engagements.load(folder)
    people = [(f"{i:03}", "w1", engagement.root.id, "leader", None, None) for i in range(14)]
    given = []
    for i in range(14):
        given += [(f"{i:03}", "day.close", "importance", str(4 + i % 2))]
        # Two leave strength out, one does not know.
        value = "dk" if i == 2 else str(2 + i % 3)
        given += [(f"{i:03}", "day.close", "strength", value)] if i > 1 else []
    with open_store(engagement) as store:
        store.add(tables(people, given))
    ctx = assess(folder).context
    one = next(one for one in asked(ctx.instrument) if one.item.id == "day.close")
    n = {ctx.score(key, "leader").n for key in (one.importance, one.strength)}
    n.add(ctx.released.share(one.balance, "leader").n or 11)
    assert n == {11}


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheets_in_each_language(played: Path, language: str) -> None:
    found = assess(played, language="da")
    words = found.engagement.words(language)
    spoken = dataclasses.replace(found, context=dataclasses.replace(found.context, words=words))
    shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert words("competencies.table.title") in headings
    assert any(isinstance(b, Figure) for b in walk(shown.blocks))
    (listed,) = (b for b in walk(shown.blocks) if isinstance(b, Table))
    assert len(listed.rows) == 29
    (rows,) = shown.worksheets
    assert len(rows.rows) == 29
    for name in ("choose", "pages"):
        assert any(isinstance(b, Table) for b in walk(spoken.tool_sheet(name).blocks))


def test_what_the_room_chooses_comes_back_is_printed_and_asked_for(tmp_path: Path) -> None:
    folder = crowd(engaged(tmp_path / "nordby", "competencies") / "competencies", 24)
    before = steps_of(assess(folder).context)
    assert {one.id.split(":")[1] for one in before} == {"first"}
    said = {
        "priority-1": {
            "competency": "Digitaal inzicht",
            "step": "Tre prøver i maj",
            "who": "HR-chef",
        }
    }
    taken = fill(folder, take=typed(folder, "priorities", "nl", said, tmp_path / "p.xlsx"))
    assert isinstance(taken, Filled) and taken.kept == 1
    ctx = assess(folder).context
    (step,) = steps_of(ctx)
    assert (step.id, step.text, step.agreed) == (
        "competencies:chosen:new.digital",
        "Tre prøver i maj",
        True,
    )
    with quick.undrawn():
        shown = assess(folder).section("tools")
    assert any("Tre prøver i maj" in str(b) for b in walk(shown.blocks) if isinstance(b, Table))
    twice = {f"priority-{i}": {"competency": "Digitaal inzicht"} for i in (1, 2)}
    with pytest.raises(HrkitError, match="stands twice"):
        fill(folder, take=typed(folder, "priorities", "nl", twice, tmp_path / "q.xlsx"))


def test_the_meetings_sheet_is_one_page_and_each_priority_one(played: Path) -> None:
    assert len(pages.pages_of(sheet(played, name="choose"))) == 1
    assert len(pages.pages_of(sheet(played, name="pages"))) == 3


def test_four_leaders_are_not_shown(tmp_path: Path) -> None:
    folder = crowd(engaged(tmp_path / "nordby", "competencies") / "competencies", 4, 8)
    with quick.undrawn():
        shown = assess(folder).section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks))
    assert not any(isinstance(b, (Table, Figure)) for b in walk(shown.blocks))
    assert not shown.worksheets


def test_nine_have_an_order_by_averages_and_ten_counts(tmp_path: Path) -> None:
    folder = crowd(engaged(tmp_path / "nordby", "competencies") / "competencies", 9)
    ctx = assess(folder).context
    found = page(ctx, "leader")
    assert found.ordered and not found.ranked and not found.told
    assert all(one.why is Why.SMALL for one in (c.share for c in found.ordered))
    first_of_means = found.ordered[0]
    assert first_of_means.asked.item.id in WANTED
    issue(ctx.engagement, "w1")
    # A tenth answer stands beside nine: no count, and no mean that tells of the tenth.
    with open_store(ctx.engagement) as store:
        store.add(
            tables(
                [("late", "w1", ctx.root, "leader", None, None)],
                [
                    ("late", one.item.id, facet, "5" if facet == "importance" else "1")
                    for one in asked(ctx.instrument)
                    for facet in ("importance", "strength")
                ],
            )
        )
    later = assess(folder).context
    assert not any(later.released.share(one.balance, "leader").shown for one in asked(LIST))
    for one in asked(LIST):
        before, after = ctx.score(one.importance, "leader"), later.score(one.importance, "leader")
        assert not after.shown or (after.n, after.mean) == (before.n, before.mean)


def test_a_late_answer_moves_no_count(tmp_path: Path) -> None:
    folder = crowd(engaged(tmp_path / "nordby", "competencies") / "competencies", 16)
    engagement = engagements.load(folder)
    before = issue(engagement, "w1")
    with open_store(engagement) as store:
        store.add(
            tables(
                [("late", "w1", engagement.root.id, "leader", None, None)],
                [
                    ("late", one.item.id, facet, "3")
                    for one in asked(LIST)
                    for facet in ("importance", "strength")
                ],
            )
        )
    after = issue(engagement, "w1")
    for one in asked(LIST):
        now, then = after.share(one.balance, "leader"), before.share(one.balance, "leader")
        assert not now.shown or now == then


def test_a_wave_is_released_for_the_last_time(played: Path) -> None:
    assert release(played, wave="w1") is not None
    found = page(assess(played).context, "leader")
    assert found.ranked


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("competencies") if key.startswith("competencies.")}
    assert claimed <= own
    plain_ones = (
        "competencies.title.none", "competencies.title.means", "competencies.title.hidden",
        "competencies.lead", "competencies.hidden", "competencies.none", "competencies.means",
        "competencies.told.item", "competencies.told.untold", "competencies.together",
        "competencies.chart*", "competencies.hardly", "competencies.table.*", "competencies.last",
        "competencies.sheet.*", "competencies.page.*", "competencies.worksheet*",
        "competencies.form.*", "competencies.step.page", "competencies.step.chosen",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []
