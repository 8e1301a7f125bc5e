"""Every file in tests/cases: answers in, scores out.  Its README says how to add one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from hrkit.answers.responses import Responses, tables
from hrkit.answers.store import open_store
from hrkit.disclosure.released import Released
from hrkit.disclosure.wave import wave_of
from hrkit.model.engagement import Engagement
from hrkit.model.engagement_file import load

from .conftest import CASES, INSTRUMENTS, new, release, units

FILES = sorted(CASES.glob("*.yml"))
WORDS = {"says", "instrument", "threshold", "units", "answers", "together", "shown", "shown_in"}
ROW = {"perspective", "people", "unit", "gives", "scores"}


def read(path: Path) -> Mapping[str, Any]:
    """A case, checked for words that nobody would read."""
    case = yaml.safe_load(path.read_text("utf-8"))
    assert {"says", "answers", "shown"} <= set(case), "a case says, and has answers and shown"
    assert set(case) <= WORDS, f"unknown: {sorted(set(case) - WORDS)}"
    for row in case["answers"]:
        assert set(row) <= ROW, f"unknown: {sorted(set(row) - ROW)}"
    return case


def engagement_of(case: Mapping[str, Any], folder: Path) -> Engagement:
    name = case.get("instrument", "partnership")
    file = INSTRUMENTS / f"{name}.yml"
    own = file if file.is_file() else name
    changes = [units(*case["units"])] if "units" in case else []
    if "threshold" in case:
        changes.append((r"scores: 5, details: 10", f"scores: {case['threshold']}, details: 10"))
    return load(new(folder, "A case", own, changes=changes))


def responses_of(rows: list[Mapping[str, Any]], engagement: Engagement) -> Responses:
    people, answers = [], []
    for row in rows:
        for _ in range(row.get("people", 1)):
            key = f"{len(people):04d}"
            people.append((key, "w1", row.get("unit", "org"), row["perspective"], None, None))
            for name, value in row["gives"].items():
                question = engagement.instrument.keys[name]
                assert row["perspective"] in question.item.ask, f"{name} is not asked of them"
                answers.append((key, question.item.id, question.facet.id, str(value)))
    return tables(people, answers)


def person_scores(case: Mapping[str, Any], engagement: Engagement) -> Iterator[tuple[Any, ...]]:
    """What a row says each of its people scores, and what they do."""
    places = [unit.id for unit in engagement.units]
    dimensions = [section.id for section in engagement.instrument.dimensions]
    for row in case["answers"]:
        wave = wave_of(responses_of([row], engagement), engagement.instrument, places)
        for dimension, wanted in row.get("scores", {}).items():
            for found in wave.scores.score[:, dimensions.index(dimension)]:
                yield row, dimension, wanted, found


def as_shown(released: Released, measure: str, group: str, unit: str) -> float | str:
    score = released.score(measure, group, unit)
    return score.mean if score.shown and score.mean is not None else score.why.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = read(path)
    engagement = engagement_of(case, tmp_path / "case")
    for row, dimension, wanted, found in person_scores(case, engagement):
        found = "none" if np.isnan(found) else pytest.approx(found, abs=0.005)
        assert wanted == found, (case["says"], row, dimension)
    with open_store(engagement) as store:
        store.add(responses_of(case["answers"], engagement))
    released = release(engagement.folder)
    if "together" in case:
        groups = {g.id: list(g.perspectives) for g in released.groups}
        assert {name: groups.get(name) for name in case["together"]} == case["together"]
    for unit, shown in {"org": case["shown"], **case.get("shown_in", {})}.items():
        for measure, wanted in shown.items():
            found = {group: as_shown(released, measure, group, unit) for group in wanted}
            assert found == wanted, (case["says"], unit, measure)


def test_there_are_cases() -> None:
    assert len(FILES) >= 8
