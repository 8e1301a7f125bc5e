"""Don't know and not relevant, told apart: what is printed, and what it must not give away."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from hrkit.answers.store import open_store
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.release import issue as issued
from hrkit.disclosure.released import Silence, Why
from hrkit.disclosure.why import why_none
from hrkit.model import instrument_file
from hrkit.model.editions import as_asked
from hrkit.model.engagement import Engagement
from hrkit.model.engagement_file import load
from hrkit.model.terms import kit_terms

from .offices import Somebody, issue, office, people

KEY = "roles.01"


def crowd(rated: int, unknown: int, aside: int, name: str = "") -> list[Somebody]:
    """Leaders of whom so many rate a statement, do not know, or say that it is not their work."""
    ways = ["dk"] * unknown + ["nr"] * aside
    drawn = people(rated + len(ways), name=name)
    return [one.says(roles_01=ways[i]) if i < len(ways) else one for i, one in enumerate(drawn)]


def asked_of_roles() -> Engagement:
    """The office, asked about nothing but roles: what is printed of a statement is the same."""
    whole = office()
    instrument = whole.instrument
    roles = tuple(section for section in instrument.sections if section.id == "roles")
    return replace(whole, instrument=replace(instrument, sections=roles, pillars={}))


def silence(*counts: int) -> Silence:
    return issue(office(), crowd(*counts)).released.silence(KEY, "leader")


def test_the_two_are_told_apart() -> None:
    assert silence(12, 5, 3) == Silence(KEY, "leader", Why.SHOWN, 20, 0.25, 0.15)


def test_they_count_as_missing_alike() -> None:
    apart, same = (issue(office(), crowd(*n)).released for n in ((12, 5, 3), (12, 8, 0)))
    assert apart.scores == same.scores
    assert apart.distribution(KEY, "leader") == same.distribution(KEY, "leader")


def test_one_or_two_are_given_with_the_others() -> None:
    found = silence(30, 2, 6)
    assert (found.dont_know, found.not_relevant, found.together) == (None, None, 0.21)


def test_no_count_of_one_or_two_follows_from_all_that_is_printed() -> None:
    """An attacker who knows the rule, n, and the mean's n looks at every table that prints alike."""
    tables = [(r, u, 14 - r - u) for r, u in product(range(15), repeat=2) if r + u <= 14]
    alike: dict[object, list[tuple[int, int, int]]] = {}
    for table in tables:
        released = issue(asked_of_roles(), crowd(*table)).released
        row, score = released.silence(KEY, "leader"), released.score(KEY, "leader", "root")
        spread = released.distribution(KEY, "leader")
        beside = (score.n, score.dont_know, spread and spread.dont_know)
        alike.setdefault((row, beside), []).append(table)
    told = [ts for (row, _), ts in alike.items() if row.shown]  # type: ignore[misc]
    assert len(told) > 20
    assert issue(office(), crowd(12, 5, 3)).released.silence(KEY, "leader") == (
        issue(asked_of_roles(), crowd(12, 5, 3)).released.silence(KEY, "leader")
    )
    for tables_ in told:
        for place in (1, 2):
            counts = {t[place] for t in tables_}
            assert not (len(counts) == 1 and counts <= {1, 2}), tables_
    # Were the two simply printed, somebody would be found.
    assert any(0 < t[1] < 3 for t in tables)


def test_late_people_of_one_way_out_do_not_show() -> None:
    before = crowd(14, 4, 4)
    first = issue(office(), before)
    late = [one.says(roles_01="nr") for one in people(6, name="late")]
    second = issue(office(), [*before, *late], first)
    row = second.released.silence(KEY, "leader")
    assert not row.shown or row == first.released.silence(KEY, "leader")


def test_a_snapshot_keeps_them() -> None:
    released = issue(office(), crowd(12, 5, 3)).released
    assert from_snapshot(to_snapshot(released)).silences == released.silences


# ------------------------------------------------------------------- why there is no number


def test_everybody_who_could_not_say_is_not_nobody() -> None:
    released = issue(office(), crowd(0, 42, 0)).released
    assert released.score(KEY, "leader", "root").why is Why.SILENT
    # One to four who rated do not show.
    for rated in range(1, 5):
        other = issue(office(), crowd(rated, 42 - rated, 0)).released
        assert other.score(KEY, "leader", "root") == released.score(KEY, "leader", "root")


def test_a_small_group_is_not_said_to_be_silent() -> None:
    """Of six, one at most would have rated: that says it of nearly everybody."""
    released = issue(office(), crowd(0, 6, 0)).released
    assert released.score(KEY, "leader", "root").why is Why.NOBODY


def test_two_statements_of_five_are_too_few_for_a_score_and_not_nothing() -> None:
    section = next(s for s in office().instrument.dimensions if s.id == "trust")
    keys = [section.measure(i) for i in section.scored if "leader" in i.ask]
    drawn = [
        one.says(**{key.replace(".", "_"): "dk" for j, key in enumerate(keys) if (i + j) % 5 > 1})
        for i, one in enumerate(people(42))
    ]
    released = issue(office(), drawn).released
    assert released.score("trust", "leader", "root").why is Why.PARTIAL
    assert all(released.score(key, "leader", "root").shown for key in keys)


@pytest.mark.parametrize(
    ("valid", "silent", "partial", "why"),
    [
        (0, 0, 0, Why.NOBODY), (4, 0, 0, Why.SMALL), (5, 0, 0, Why.PROTECTED),
        (0, 9, 0, Why.NOBODY), (4, 6, 0, Why.SILENT), (4, 1, 4, Why.SMALL), (2, 3, 5, Why.PARTIAL),
    ],
)  # fmt: skip
def test_the_reason_that_is_given(valid: int, silent: int, partial: int, why: Why) -> None:
    n = valid + silent + partial
    values = np.array([3.0] * valid + [np.nan] * (n - valid))
    ways = np.array([0.0] * valid + [1.0] * silent + [0.6] * partial)
    some = np.arange(n) >= valid + silent
    assert why_none(values, ways, some, 5) is why


# -------------------------------------------------------------- waves asked under one answer


def test_a_wave_that_was_asked_with_one_way_out_is_read_so() -> None:
    now = instrument_file.load("partnership-1")
    then = as_asked(now, "1.0.0", kit_terms())
    assert then.version == "1.0.0"
    for name in ("agreement", "importance"):
        (way,) = then.scales[name].ways_out
        assert way.value == "dk" and way.label == now.scales[name].joint
        assert [c.value for c in now.scales[name].ways_out] == ["dk", "nr"]
    assert as_asked(now, "1.1.0", kit_terms()) is now
    assert as_asked(now, "1.1.0+2.0.0", kit_terms()) is now


def test_a_store_of_before_says_nothing_of_two_ways_out(tmp_path: Path) -> None:
    for old in sorted((Path(__file__).parents[1] / "fixtures/stores/v2").iterdir()):
        folder = tmp_path / old.name
        shutil.copytree(old, folder)
        engagement = load(folder)
        with open_store(engagement) as store:
            waves = sorted(set(store.read().people["wave"]))
        for wave in waves:
            assert issued(engagement, wave).silences == ()
