"""Partner pairs: worked examples, false alarms, who may read what, and the sheets played whole."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Card, Heading, Table, plain, walk
from hrkit.commands.fill import Filled, fill
from hrkit.commands.sheet import sheet
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.wording import instrument_texts
from hrkit.records.store import open_records
from hrkit.records.values import OpenLine
from hrkit.report.running import report_date
from hrkit.synthetic.pairs import pairs_say
from hrkit.tools import steps_of
from hrkit.tools.partner_pairs.log import (
    HandOver,
    Quarter,
    _within,
    change,
    for_others,
    hand_over,
    log_told,
    mostly_missing,
    quarters,
    rate,
    week_of,
)
from hrkit.tools.partner_pairs.sections import CHAPTER, CLAIMS, worksheet
from hrkit.tools.partner_pairs.setup import GOALS, PROFILE, SHARED, Profile, open_of
from hrkit.tools.partner_pairs.sheets import SHEETS
from tests import pages
from tests.tools.played import engaged, typed

MONDAY = dt.date(2026, 4, 6)


def opened(folder: Path, language: str = "") -> Assessment:
    """The engagement as it is before anybody has answered anything."""
    return assess(folder, language=language, released=nobody(engagements.load(folder), "w1"))


def handed(n: int, complete: int, pair: str = "a", monday: dt.date = MONDAY) -> list[HandOver]:
    return [
        HandOver(monday, "pay", i < complete, "" if i < complete else "data", pair)
        for i in range(n)
    ]


def test_a_share_from_twenty_and_x_of_n_below() -> None:
    found = rate(14, 20)
    assert found is not None
    assert [round(100 * one) for one in found] == [70, 48, 85]
    assert rate(7, 9) is None


@pytest.mark.parametrize(
    ("before", "now", "gap", "off"),
    [((24, 40), (36, 40), 30.0, True), ((28, 40), (33, 40), 12.5, False)],
)
def test_a_change_is_told_where_its_interval_is_off_zero(
    before: tuple[int, int], now: tuple[int, int], gap: float, off: bool
) -> None:
    found = change(Quarter("a", "a", *before), Quarter("b", "b", *now))
    assert found is not None
    assert round(100 * found[0], 1) == gap
    assert (found[1] > 0) is off


def test_two_shares_as_newcombe_printed_them() -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10: 56/70 and 48/80."""
    found = change(Quarter("a", "a", 48, 80), Quarter("b", "b", 56, 70))
    assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_hardly_two_like_quarters_are_said_to_differ() -> None:
    rng, times = np.random.default_rng(2), 600
    wrong = 0
    for _ in range(times):
        one, other = (int(rng.binomial(40, 0.7)) for _ in range(2))
        found = change(Quarter("a", "a", one, 40), Quarter("b", "b", other, 40))
        wrong += found is not None and (found[1] > 0 or found[2] < 0)
    assert wrong / times <= 0.06


def test_what_is_missing_most_is_named_only_where_it_stands_out() -> None:
    def missing(**times: int) -> list[HandOver]:
        return [HandOver(MONDAY, "pay", False, what) for what, n in times.items() for _ in range(n)]

    assert mostly_missing(missing(decision=6, data=3)) == "decision"
    assert mostly_missing(missing(decision=6, data=4)) == ""
    assert mostly_missing(missing(decision=4)) == ""
    assert mostly_missing([]) == ""


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((20, 20), False),
        ((20, 20, 2), False),  # who knows one of the large ones would be left with the other
        ((20, 20, 3), True),
        ((30, 1, 1, 1), False),
        ((30, 4, 2, 1), True),
    ],
)
def test_others_read_of_three_pairs_none_of_which_is_left_alone(
    sizes: tuple[int, ...], shown: bool
) -> None:
    found = [one for i, n in enumerate(sizes) for one in handed(n, n // 2, f"p{i}")]
    assert bool(for_others(found)) is shown
    # Hand-overs of pairs that did not say yes are in no figure for others.
    assert len(for_others([*found, *handed(9, 9, "")])) == (sum(sizes) if shown else 0)


def test_small_quarters_are_joined_and_the_running_one_is_not_counted() -> None:
    by_week = [
        (MONDAY, 12),
        (MONDAY + dt.timedelta(days=100), 6),
        (MONDAY + dt.timedelta(days=190), 7),
    ]
    found = [HandOver(week, "pay", True, "", "abc"[i % 3]) for week, n in by_week for i in range(n)]
    made = quarters(found)
    assert [(one.first, one.last, one.n) for one in made] == [
        ("2026 · 2", "2026 · 2", 12),
        ("2026 · 3", "2026 · 4", 13),
    ]
    assert sum(one.n for one in quarters(found, dt.date(2026, 8, 1))) == 12
    few = [one for i, pair in enumerate("abc") for one in handed(3, i, pair)]
    assert quarters(few) == (Quarter("2026 · 2", "2026 · 2", 3, 9),)


def test_what_is_mostly_missing_is_told_of_whole_quarters(tmp_path: Path) -> None:
    """A handover of the running quarter would tell of itself: with it the title would name what was missing."""
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    engagement = engagements.load(folder)
    day = report_date(opened(folder).context)
    before = day.replace(day=1) - dt.timedelta(days=100)
    weeks = ["{}w{:02d}".format(*at.isocalendar()[:2]) for at in (before, day)]
    rows = [(weeks[0], f"pair-{1 + i % 3}", "no" if i < 4 else "yes") for i in range(15)]
    titles = []
    for name, log in (
        ("a", rows),
        ("b", [*rows, *((weeks[1], f"pair-{p}", "no") for p in (1, 2, 3))]),
    ):
        made = engaged(tmp_path / name, "partner-pairs")
        with open_records(engagements.load(made)) as keeper:
            for i, (week, pair, complete) in enumerate(log):
                said = {"week": week, "pair": pair, "complete": complete}
                said |= {"missing": "decision"} if complete == "no" else {}
                keeper.put(
                    OpenLine("partner-pairs", "log", "w1", f"own-{i}", said=tuple(said.items()))
                )
        (head, *_) = (b for c in CHAPTER.chapters(opened(made).context) for b in c.blocks)
        titles.append(plain(head.text))
    words = engagement.words("da")
    assert titles[0] == titles[1] == words("pairs.title.rate", k=11, n=15)


def test_cards_have_what_the_pairs_have_agreed_for_each_type(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    said = {
        "pay": {"tick-1": "Begrundelse", "tick-2": "Dato", "tick-3": "Bevilling"},
        "absence": {"tick-1": "Første samtale holdt"},
    }
    fill(folder, take=typed(folder, "lists", "da", said, tmp_path / "a.xlsx"))
    for language in ("da", "nl", "en"):
        ctx = opened(folder, language).context
        w = ctx.words
        made = [one for one in SHEETS["cards"](ctx) if isinstance(one, Card)]
        title = w("pairs.card.title")
        assert [one.title for one in made] == [
            f"{title}: {w('pairs.type.pay')}", f"{title}: {w('pairs.type.absence')}", title, title,
        ]  # fmt: skip
        assert "☐ Begrundelse" in str(made[0]) and "Bevilling" not in str(made[1])
        pdf = sheet(folder, name="cards", language=language, output=tmp_path)
        assert len(pages.pages_of(pdf)) == 1


def test_a_quarter_of_one_pair_alone_is_joined_to_the_next_like_a_small_one() -> None:
    alone = handed(14, 2, "a")
    later = [one for p in "abc" for one in handed(8, 8, p, monday=MONDAY + dt.timedelta(days=100))]
    assert [(one.first, one.last, one.n) for one in quarters([*alone, *later])] == [
        ("2026 · 2", "2026 · 3", 38)
    ]
    # And after: a later quarter of one pair goes with the one before.
    late = handed(14, 2, "a", monday=MONDAY + dt.timedelta(days=200))
    assert [one.n for one in quarters([*later, *late])] == [38]
    assert quarters(alone) == ()


def line_of(row: str, pair: str, complete: str = "yes", week: str = "2026-20") -> OpenLine:
    said = (("week", week), ("complete", complete), ("pair", pair))
    return OpenLine("partner-pairs", "log", "w1", row, said=said)


def test_what_is_printed_twice_never_tells_the_lines_of_one_pair() -> None:
    first = [("2026-07-01", line_of(f"{p}{i}", p)) for p in "abc" for i in range(8)]
    count = len(log_told(first))
    assert count == 24
    # One pair adds lines, takes one back, or says afterwards that one was not complete: nothing moves.
    more = [("2026-07-02", line_of(f"late{i}", "a", "no")) for i in range(9)]
    changed = [("2026-07-02", line_of("b0", "b", "no"))]
    gone = [("2026-07-02", line_of("c0", "", "yes"))]
    for some in (more, changed, gone):
        assert log_told([*first, *some]) == log_told(first)
    # With enough of the others they come in together.
    others = [("2026-07-09", line_of(f"late{p}{i}", p)) for p in "bc" for i in range(4)]
    assert len(log_told([*first, *more, *others])) == count + 9 + 8
    # Each row by itself: a change in a quarter long over stays that of three pairs.
    old = [("2026-07-09", line_of(f"old{i}", "a", "no", "2026-02")) for i in range(12)]
    both = log_told([*first, *old, *others])
    assert len(quarters(both)) == 1


def test_a_difference_of_two_printings_rests_on_three_pairs_whatever_comes_in() -> None:
    """An attacker who lays every two printings beside each other, row by row."""
    rng = np.random.default_rng(7)
    seen = 0
    for life in range(60):
        past: list[tuple[str, OpenLine]] = []
        printed = []
        for day in range(12):
            for i in range(int(rng.integers(0, 14))):
                fresh = rng.random() < 0.8 or not past
                row = f"{day}-{i}" if fresh else past[int(rng.integers(len(past)))][1].row
                pair = str(rng.choice(list("abcd"), p=[0.7, 0.1, 0.1, 0.1]))
                week = str(rng.choice(["2026-05", "2026-20", "2026-32"]))
                said = str(rng.choice(["yes", "no"]))
                past.append((f"2026-10-{day + 1:02}", line_of(row, pair, said, week)))
            lines = log_told(past)
            spans = [(one.first, one.last) for one in quarters(lines)]
            printed.append((lines, spans))
        for before, now in itertools.combinations(printed, 2):
            for span in set(before[1]) & set(now[1]):
                one, other = (Counter(_within(lines, *span)) for lines, _ in (before, now))
                differ = [*(one - other).elements(), *(other - one).elements()]
                seen += bool(differ)
                assert not differ or for_others(differ), (life, span)
    assert seen > 50


@pytest.mark.parametrize("text", ["2026-40", "2026w40", "202640"])
def test_a_week_and_what_is_none(text: str) -> None:
    assert week_of(text) == dt.date(2026, 9, 28)
    assert week_of("Jo Holm") is None and week_of("0101901234") is None


def test_a_set_up_says_what_is_open() -> None:
    said = {
        ("does", "hr"): "x",
        ("substitute", "hr"): "y",
        ("goal-1", "both"): "z",
        ("goal-1", "hr"): "d",
    }
    found = {(rule, side) for rule, _, side in open_of(Profile("p", said))}
    assert found == {("empty-profile", "pay"), ("goal-unknown", "pay"), ("no-rhythm", "")}
    whole = {(row, side): "x" for row in PROFILE for side in ("hr", "pay")}
    whole |= {(row, "both"): "x" for row in SHARED} | {
        (GOALS[0], c): "x" for c in ("hr", "pay", "both")
    }
    assert open_of(Profile("p", whole)) == ()


# ------------------------------------------------------------------------------ played whole


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks that went out, were filled in, one of them in another language, and came back."""
    folder = engaged(tmp_path_factory.mktemp("pairs") / "nordby", "partner-pairs")
    lines: dict[str, list[OpenLine]] = {}
    for line in pairs_say():
        lines.setdefault(line.sheet, []).append(line)
    setup = {line.row: dict(line.said) for line in lines["setup"]}
    taken = fill(folder, take=typed(folder, "setup", "da", setup, folder / "s.xlsx"))
    assert isinstance(taken, Filled) and taken.kept == len(setup)
    labels = {"leader": "leidinggevende", "hr": "HR-partner", "pay": "payrollpartner"}
    logged = {}
    for line in lines["log"][:40]:
        cells = dict(line.said)
        cells |= {"complete": {"yes": "ja", "no": "nee"}[cells["complete"]]}
        cells |= {one: labels[cells[one]] for one in ("from", "to")}
        cells.pop("type")
        cells["missing"] = {"decision": "een besluit", "data": "gegevens"}.get(
            cells.get("missing", ""), ""
        )
        cells["pair"] = f"Duo {cells['pair'][-1]}"
        logged[f"x{line.row}"] = cells
    taken = fill(folder, take=typed(folder, "log", "nl", logged, folder / "l.xlsx"))
    assert isinstance(taken, Filled) and taken.kept == 40
    return folder


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheets_in_each_language(played: Path, language: str) -> None:
    report = opened(played, language)
    blocks = CHAPTER(report.context)
    headings = [plain(b.text) for b in walk(blocks) if isinstance(b, Heading)]
    words = report.context.words
    assert words("pairs.open.title") in headings and words("pairs.handed.title") in headings
    for name in ("setup", "cards", "log", "pairs"):
        assert report.tool_sheet(name).blocks
    assert {one.id.split(":")[0] for one in steps_of(report.context)} == {"partner-pairs"}


@pytest.mark.parametrize("language", ["da", "nl", "en"])
@pytest.mark.parametrize("name", ["setup", "cards", "log"])
def test_a_sheet_is_one_page_before_anybody_has_answered(
    played: Path, name: str, language: str
) -> None:
    assert len(pages.pages_of(sheet(played, name=name, language=language))) == 1


def test_each_pair_has_a_page_of_its_own_and_nothing_of_the_others(played: Path) -> None:
    found = pages.pages_of(sheet(played, name="pairs"))
    assert len(found) == 3
    for i, text in enumerate(found, 1):
        named = "".join(text.casefold().split())  # a kicker is spaced
        assert f"makkerpar{i}" in named
        assert not any(f"makkerpar{j}" in named for j in range(1, 4) if j != i)


def test_one_pair_is_in_no_figure_for_others(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    said = {
        " " * (i + 1): {"week": "2026-20", "complete": "yes", "pair": "Pair 1"} for i in range(25)
    }
    fill(folder, take=typed(folder, "log", "en", said, tmp_path / "l.xlsx"))
    ctx = opened(folder).context
    assert not any(isinstance(b, Table) for b in walk(CHAPTER(ctx)))
    assert not worksheet(ctx).rows
    assert "25" not in " ".join(str(b) for b in walk(CHAPTER(ctx)))


@pytest.mark.parametrize(
    ("field", "text"),
    [("week", "Jo Holm"), ("week", "0101901234"), ("missing", "Jo Holm"), ("pair", "Jo Holm")],
)
def test_a_line_with_a_name_or_ten_digits_is_refused(tmp_path: Path, field: str, text: str) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    said = {" ": {"week": "2026-20", "complete": "no"} | {field: text}}
    with pytest.raises(HrkitError, match="cannot be taken"):
        fill(folder, take=typed(folder, "log", "en", said, tmp_path / "l.xlsx"))
    assert not opened(folder).context.records.lines


def test_a_line_that_says_two_things_is_not_counted() -> None:
    line = OpenLine("partner-pairs", "log", "w1", "own-1", said=(("week", "2026-20"),))
    assert hand_over(line) is None
    assert hand_over(dataclasses.replace(line, said=(*line.said, ("complete", "no")))) is not None


def test_without_records_there_is_no_chapter(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    assert CHAPTER(opened(folder).context) == ()


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("partner-pairs") if key.startswith("pairs.")}
    assert claimed <= own
    plain_ones = (
        "pairs.pair", "pairs.quarter", "pairs.title.*", "pairs.lead", "pairs.note", "pairs.told.untold",
        "pairs.mostly.*", "pairs.handed.*", "pairs.open.*", "pairs.step.*", "pairs.head.*",
        "pairs.column.*", "pairs.side.*", "pairs.row.*", "pairs.setup.*", "pairs.type.*",
        "pairs.missing.*", "pairs.answer.*", "pairs.log.*", "pairs.card.*", "pairs.phase.*",
        "pairs.journey.*", "pairs.own.*", "pairs.lists.*", "pairs.sheet.*", "pairs.worksheet*",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []
