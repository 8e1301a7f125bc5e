"""An attacker over both votes: every set of votes that agrees with what is printed is looked at."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit import synthetic
from hrkit.disclosure.chosen.shares import plain
from hrkit.disclosure.chosen.votes import (
    FEW,
    LEVELS,
    NONE,
    VoteFigure,
    first_told,
    pair_told,
    shift_of,
)
from hrkit.disclosure.kept.snapshot import to_snapshot
from hrkit.disclosure.release import preview
from hrkit.records.store import open_records
from hrkit.records.values import Agreed, VotesMoved

K, D = 5, 10


def votes(counts: tuple[int, ...]) -> dict[str, int]:
    levels = [level for level, n in zip(LEVELS, counts, strict=True) for _ in range(n)]
    return {str(i): level for i, level in enumerate(levels)}


def compositions(n: int, cells: int) -> Iterator[tuple[int, ...]]:
    for bars in itertools.combinations(range(n + cells - 1), cells - 1):
        edges = (-1, *bars, n + cells - 1)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(edges))


def means(levels: list[int], size: int) -> tuple[float, float]:
    """The lowest and highest mean that a group of so many may have had, whoever they are."""
    ordered = sorted(levels)
    return sum(ordered[:size]) / size, sum(ordered[-size:]) / size


def narrowest(found: dict[object, list[list[int]]]) -> float:
    """Over all printed figures and groups below the threshold: how far they stay apart at least."""
    widths = [
        max(means(one, size)[1] for one in all_) - min(means(one, size)[0] for one in all_)
        for figure, all_ in found.items()
        for size in range(1, K)
        if figure not in (NONE, FEW)
    ]
    return min(widths)


@pytest.mark.parametrize("n", [5, 6, 9, 10, 11, 13])
def test_one_vote_places_nobody(n: int) -> None:
    found: dict[object, list[list[int]]] = defaultdict(list)
    for counts in compositions(n, len(LEVELS)):
        cast = votes(counts)
        found[first_told(cast, K, D)].append(list(cast.values()))
    assert narrowest(found) >= 1
    if n < D:
        assert {one.form for one in found} == {"middle"}


def test_two_votes_of_a_handful_place_nobody() -> None:
    """All ways in which five people can vote twice, every one of whom changes or not."""
    n = 5
    firsts: dict[object, list[list[int]]] = defaultdict(list)
    seconds: dict[object, list[list[int]]] = defaultdict(list)
    cells = list(itertools.product(LEVELS, LEVELS))
    for people in itertools.islice(itertools.combinations_with_replacement(cells, n), 0, None, 3):
        first = {str(i): a for i, (a, _) in enumerate(people)}
        second = {str(i): b for i, (_, b) in enumerate(people)}
        told = pair_told(first, second, K, D)
        moved = sum(a != b for a, b in people)
        assert (told[1] == FEW) is (moved < K)
        if told[1] != FEW:
            firsts[told].append(list(first.values()))
            seconds[told].append(list(second.values()))
    assert narrowest(firsts) >= 1
    assert narrowest(seconds) >= 1


@pytest.mark.parametrize("seed", range(40))
def test_one_persons_change_is_never_seen(seed: int) -> None:
    """Whoever changes alone, and up to one fewer than the threshold, leaves the picture as it is."""
    draw = random.Random(seed)
    n = draw.randint(5, 40)
    first = {str(i): draw.choice(LEVELS) for i in range(n)}
    early = first_told(first, K, D) if draw.random() < 0.5 else None
    pictures = set()
    for movers in range(K):
        for _ in range(10):
            second = dict(first)
            for who in draw.sample(sorted(first), movers):
                second[who] = draw.choice([x for x in LEVELS if x != first[who]])
            # Who only kept the first vote and who sent it again look the same.
            partial = {w: v for w, v in second.items() if v != first[w] or draw.random() < 0.5}
            pictures.add(pair_told(first, partial, K, D, early))
    assert len(pictures) == 1
    assert next(iter(pictures))[1] == FEW


@pytest.mark.parametrize("seed", range(60))
def test_two_tables_differ_by_nobody_or_by_many_that_could_be_printed(seed: int) -> None:
    draw = random.Random(seed)
    n = draw.randint(10, 60)
    weights = [draw.random() ** 2 for _ in LEVELS]
    first = {str(i): draw.choices(LEVELS, weights)[0] for i in range(n)}
    pull = draw.random()
    second = {
        w: min(5, v + draw.choice((1, 1, 2))) if draw.random() < pull else v
        for w, v in first.items()
    }
    before, after = pair_told(first, second, K, D)
    moved = [w for w in first if first[w] != second[w]]
    if after.form == "tenths":
        assert before.form == "tenths" and len(moved) >= D
        for cast in (first, second):
            found = Counter(cast[w] for w in moved)
            assert plain([found[level] for level in LEVELS], D)
    elif after != FEW:
        assert before.form == after.form == "middle" and len(moved) >= K
    for figure in (before, after):
        assert VoteFigure.read(figure.code) == figure
        if figure.form == "tenths":
            assert sum(x or 0 for x in figure.tenths) + (figure.joint or 0) == 10


def test_a_level_of_one_or_two_is_never_alone_and_one_mind_is_a_word() -> None:
    for counts in compositions(12, 5):
        figure = first_told(votes(counts), K, D)
        if max(counts) >= 10:
            assert figure.form == "middle" or figure.joint is not None
        if figure.form == "tenths":
            for count, tenth in zip(counts, figure.tenths, strict=True):
                assert tenth is None or count == 0 or count >= 3


def test_what_was_shown_before_the_talk_stays() -> None:
    first = votes((0, 6, 6, 0, 0))
    early = first_told(first, K, D)
    assert early.tenths == (0, 5, 5, 0, 0) and early.middle == "2-3"
    moved = dict.fromkeys(list(first)[:6], 4)
    before, after = pair_told(first, moved, K, D, early)
    assert before == early and after.form == "middle"
    assert shift_of(before, after) == ""  # a table and a word are not held against each other
    together = pair_told(first, moved, K, D)
    assert [one.form for one in together] == ["middle", "middle"]
    assert shift_of(*together) == "higher"


def test_whoever_did_not_vote_at_first_does_not_count_later() -> None:
    first = votes((0, 6, 0, 0, 0))
    assert pair_told(first, {"late": 5, **first}, K, D) == pair_told(first, {}, K, D)
    assert first_told(votes((1, 1, 1, 1, 0)), K, D) == NONE
    assert pair_told(votes((1, 1, 1, 1, 0)), {}, K, D) == (NONE, NONE)


def joint(held: int, levels: tuple[int, ...] = LEVELS) -> Iterator[tuple[tuple[int, int], ...]]:
    """Five people with two levels each (two years, or a vote and an answer), of whom so many differ."""
    for people in itertools.combinations_with_replacement(itertools.product(levels, levels), K):
        if sum(a != b for a, b in people) <= held:
            yield people


def spans(
    plays: Iterator[tuple[tuple[int, int], ...]], both: bool
) -> dict[tuple[object, int, int], tuple[float, float]]:
    """By what is printed, side and size of a group: between which means it must lie.

    ``both`` reads the two prints together; otherwise each is read alone.
    """
    told: dict[tuple[int, ...], VoteFigure] = {}
    found: dict[tuple[object, int, int], tuple[float, float]] = {}
    for people in plays:
        sides = [sorted(one[side] for one in people) for side in (0, 1)]
        figures = [
            told.setdefault(tuple(one), first_told(dict(enumerate(one)), K, D)) for one in sides
        ]
        for side in (0, 1):
            printed = tuple(figures) if both else figures[side]
            for size in range(1, K):
                low, high = means(sides[side], size)
                at = found.get((printed, side, size), (low, high))
                found[printed, side, size] = min(at[0], low), max(at[1], high)
    return found


@pytest.mark.parametrize("held", [1, 2, 3])
def test_the_same_people_a_year_later_are_placed_by_neither_vote(held: int) -> None:
    """Whoever thinks that hardly anybody changed their mind in a year still places nobody.

    The votes of two rounds are two numbers of each person.  What joins them is what a reader assumes:
    here, that at most so many of five people differ.
    """
    found = spans(joint(held), both=True)
    assert len({key[0] for key in found}) > 10
    assert min(high - low for low, high in found.values()) >= 1


def test_a_vote_and_a_report_of_the_same_people_have_no_common_equation() -> None:
    """Everybody who voted has answered, too, and the reader knows it: each print alone says as much as both.

    The vote's unknowns are levels of the grid, the report's are answers to statements; as long as
    nothing printed is made of both, every set of votes goes with every set of answers.
    """
    some = (1, 2, 4, 5)
    together, alone = spans(joint(K, some), both=True), spans(joint(K, some), both=False)
    for (printed, side, size), span in together.items():
        assert span == alone[printed[side], side, size]  # type: ignore[index]


def test_no_release_is_made_of_votes_and_no_figure_of_a_vote_of_answers(tmp_path: Path) -> None:
    """What the equation before rests on: neither door reads what stands behind the other."""
    engagement = synthetic.build(synthetic.client("firm"), tmp_path / "firm")
    wave = engagement.wave().id
    before = to_snapshot(preview(engagement, wave))
    dimension = next(s.id for s in engagement.instrument.dimensions if s.grid)
    with open_records(engagement) as keeper:
        keeper.put(VotesMoved(dimension, wave, "tenths 0,5,5,0,0", "middle 4-5", "higher"))
        keeper.put(Agreed(dimension, wave, level=5, evidence="said aloud", locked=True))
    assert to_snapshot(preview(engagement, wave)) == before
    for name in ("votes", "shares"):
        text = Path(f"hrkit/disclosure/chosen/{name}.py")
        code = (Path(__file__).parents[2] / text).read_text("utf-8")
        known = re.findall(r"(?m)^\s*(?:from|import) (hrkit\.[a-z_.]+)", code)
        # Of what is released the shares know the reasons why something is not.
        assert set(known) <= {
            "hrkit.disclosure.chosen.shares",
            "hrkit.disclosure.least",
            "hrkit.disclosure.released",
        }
