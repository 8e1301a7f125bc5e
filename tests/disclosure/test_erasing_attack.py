"""Many are erased between versions: nobody is recovered from all that was issued before and after."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hrkit.disclosure.kept.went import Went

from . import deliveries
from .delivery.attack import attack
from .delivery.counting import sizes
from .delivery.erasing import ErasingMany, play_erasing
from .delivery.kinds import kinds


def given_away(seed: int, folder: Path) -> tuple[list[object], ErasingMany]:
    """Let an organisation live of which many are erased, and attack everything it issued."""
    played = play_erasing(seed, folder, deliveries)
    found, reading = attack(played.world, played.deliveries)
    assert not reading.unexplained, (seed, reading.unexplained[:3], played.told)
    assert not reading.mistaken, (seed, reading.mistaken[:3], played.told)
    known: list[object] = [one for one in found if one.what != "near"]
    known += [*sizes(played.world, played.deliveries), *kinds(played.world, played.deliveries)]
    return known, played


#: Each was seen: six of seven, a unit first shown later, who came again, what words add up to, and a
#: unit all of whose people went, counted by what was said of its neighbour afterwards; what was kept
#: back beside a dimension, shown once some had gone and come again;
#: one of five who went, told by a bar once the other four had come again.
SEEN = (0, 8, 15, 16, 23, 53, 162, 213, 243)


@pytest.mark.parametrize("seed", SEEN)
def test_nobody_is_recovered_from_versions_around_an_erasure_of_many(
    seed: int, tmp_path: Path
) -> None:
    assert given_away(seed, tmp_path / "c")[0] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100))
def test_nobody_is_recovered_from_many_who_were_erased(seed: int, tmp_path: Path) -> None:
    assert given_away(seed, tmp_path / "c")[0] == []


def test_each_part_of_the_rule_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the closing, what is left of several, of their kin, or the silence about units they tell.

    That a group's number has to be far enough from before (`Before.unsure`) stands by reasoning alone: since
    several who went leave means only, none of sixty lives needs it.
    """
    seen: Counter[str] = Counter()

    def play(part: str, seed: int) -> None:
        known, _ = given_away(seed, tmp_path / part)
        seen[part] += len(known)

    with monkeypatch.context() as without:
        without.setattr(Went, "lost", lambda self, v, group: 0)
        play("closing", 23)
    with monkeypatch.context() as without:
        without.setattr(Went, "several", lambda self, v, group: False)
        play("several", 243)
    with monkeypatch.context() as without:
        without.setattr(Went, "kin", lambda self, measure: {})
        play("beside", 213)
    with monkeypatch.context() as without:
        without.setattr(Went, "lacks", lambda self, group: False)
        without.setattr(Went, "gone", lambda self, group: False)
        play("silence", 53)
    assert min(seen[part] for part in ("closing", "several", "beside", "silence")) > 0, seen
