"""Imports are undone between versions: nobody is recovered from all that was issued before and after."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hrkit.disclosure.kept import hold

from . import deliveries
from .delivery.attack import attack
from .delivery.counting import sizes
from .delivery.kinds import kinds
from .delivery.undoing import Undoing, play_undoing


def given_away(seed: int, folder: Path) -> tuple[list[object], Undoing]:
    """Let an organisation live whose imports are undone, and attack everything it issued."""
    played = play_undoing(seed, folder, deliveries)
    found, reading = attack(played.world, played.deliveries)
    assert not reading.unexplained, (seed, reading.unexplained[:3], played.told)
    assert not reading.mistaken, (seed, reading.mistaken[:3], played.told)
    known: list[object] = [one for one in found if one.what != "near"]
    known += [*sizes(played.world, played.deliveries), *kinds(played.world, played.deliveries)]
    return known, played


@pytest.mark.parametrize("seed", (*range(6), 3007, 3014))
def test_nobody_is_recovered_from_versions_around_an_undone_import(
    seed: int, tmp_path: Path
) -> None:
    assert given_away(seed, tmp_path / "c")[0] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3000, 3050))
def test_nobody_is_recovered_from_many_undone_imports(seed: int, tmp_path: Path) -> None:
    assert given_away(seed, tmp_path / "c")[0] == []


def test_where_who_went_may_come_again_as_others_somebody_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule is needed: without it the same lives give single answers away."""
    monkeypatch.setattr(hold, "_gone_unseen", lambda past, groups, k: frozenset())
    seen: Counter[str] = Counter()
    for seed in (0, 1):
        known, _ = given_away(seed, tmp_path / str(seed))
        seen.update(getattr(one, "what", "size") for one in known)
    assert seen["answer"] + seen["person"] + seen["set"] > 0, seen
