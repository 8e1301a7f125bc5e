"""Measures that share questions speak of one state of the people, or of nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.kept.hold import hold_back
from hrkit.disclosure.kept.record import versions_of
from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.tables import Made
from hrkit.disclosure.wave import wave_of

from .offices import INSTRUMENT, Somebody, issue, office, people, responses

MEASURES = keys_of(INSTRUMENT)


def held(everybody: list[Somebody], *kept: Made):  # type: ignore[no-untyped-def]
    """What counts of a wave beside earlier versions: measure to who does."""
    wave = wave_of(responses(everybody), INSTRUMENT, ["root"])
    before = versions_of([one.record for one in kept], MEASURES)
    past, _ = hold_back(
        wave,
        before,
        groups_of(wave, 5),
        MEASURES,
        5,
        root="root",
        within={"root": frozenset({"root"})},
    )
    counted = {
        name: {past.wave.token[i] for i in np.flatnonzero(past.wave.counted(name))}
        for name in ("roles", "roles.01", "roles.02")
    }
    return past, counted


def withheld_at_first() -> tuple[list[Somebody], Made]:
    """Six of whom two leave a statement out: four are too few for it, and not for the others."""
    side = people(6, centre=3.2)
    side = [one.says(roles_01="dk") for one in side[:2]] + side[2:]
    first = issue(office(), side)
    assert not first.released.score("roles.01", "leader", "root").shown
    assert first.released.score("roles", "leader", "root").shown
    return side, first


def test_a_statement_that_was_not_shown_is_of_the_people_of_the_dimension() -> None:
    side, first = withheld_at_first()
    late = people(2, name="late")
    past, counted = held([*side, *late], first)
    # Two late people wait on the dimension: they are not in the new statement either.
    assert len(counted["roles"]) == len(counted["roles.01"]) == 6
    assert not past.barred


def test_who_answers_later_waits_with_everything_that_speaks_of_it() -> None:
    side, first = withheld_at_first()
    now = [one.says(roles_01="4") for one in side[:2]] + side[2:]
    past, counted = held(now, first)
    assert counted["roles"] == counted["roles.01"]
    rows = np.flatnonzero(past.wave.counted("roles.01"))
    given = past.wave.turned[rows, past.wave.column["roles.01"]]
    assert np.isnan(given).sum() == 2
    second = issue(office(), now, first).released
    assert second.score("roles.01", "leader", "root").mean is None


def test_where_somebody_is_gone_a_new_statement_is_not_shown_at_all() -> None:
    side, first = withheld_at_first()
    erased = replace(first, record=without(first.record, side[5]))
    late = people(3, name="late")
    past, _ = held([*side[:5], *late], erased)
    assert ("roles.01", "leader") in past.barred
    second = issue(office(), [*side[:5], *late], erased).released
    assert second.score("roles.01", "leader", "root").mean is None


def without(record, gone: Somebody):  # type: ignore[no-untyped-def]
    """What is kept of a version after somebody was erased."""
    from hrkit.answers.codes import token

    return {**record, "people": [p for p in record["people"] if p["id"] != token(gone.key)]}


def test_enough_newcomers_move_everything_on_together() -> None:
    side, first = withheld_at_first()
    past, counted = held([*side, *people(6, name="late")], first)
    assert len(counted["roles"]) == len(counted["roles.01"]) == 12
    assert not past.barred


def test_a_version_made_anew_of_the_same_answers_shows_what_the_last_one_did() -> None:
    """A unit and a level of nearly the same people stand beside each other; so they do in the next version."""
    units = [("root", None), ("a", "root"), ("b", "root")]
    stand = [("a", "3")] * 4 + [("a", "4")] * 2 + [("b", "2")] * 6 + [("b", "3")] * 2
    leaders = [
        replace(one, unit=unit, level=level)
        for one, (unit, level) in zip(people(len(stand)), stand, strict=True)
    ]
    everybody = [*leaders, *people(12, "hr")]
    first = issue(office(units), everybody)
    again = issue(office(units), everybody, first)
    shown = {(s.measure, s.unit, s.group) for s in first.released.scores if s.shown}
    assert {("a", "leader"), ("root", "leader/3")} <= {place[1:] for place in shown}
    assert {(s.measure, s.unit, s.group) for s in again.released.scores if s.shown} == shown
