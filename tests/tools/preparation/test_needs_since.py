"""Needs of two rounds: compared of what both print, named where chance would not explain it, said in three languages."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import yaml

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import Assessment, assess
from hrkit.blocks import Heading, Paragraph, Table, plain, walk
from hrkit.disclosure.chosen.picks import picks_told
from hrkit.disclosure.derived.chosen_since import chosen_since
from hrkit.disclosure.release import freeze
from hrkit.disclosure.released import Ballot, Certainty, Group, Released, tidy
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.ballot import ballot
from hrkit.tools.preparation.claims import CLAIMS
from tests import quick
from tests.tools.played import engaged

LIST = instruments.load("preparation")
LEADERS = (Group("leader", ("leader",)),)


def chose(folder: Path, wave: str, favourite: str, leaders: int = 60, seed: int = 1) -> None:
    """Most choose one need, and others as it comes."""
    engagement = engagements.load(folder)
    question = engagement.instrument.choice
    assert question is not None
    options = question.facet.scale.options
    rng, people, given = np.random.default_rng(seed), [], []
    for i in range(leaders):
        key = f"{wave}-{i:04d}"
        people.append((key, wave, engagement.root.id, "leader", None, None))
        some = set(rng.choice(options, 2, replace=False).tolist())
        some |= {favourite} if rng.random() < 0.8 else set()
        given.append((key, question.item.id, question.facet.id, ballot(options, some)))
        given += [(key, "task.01", "often", str(rng.integers(0, 4)))]
    with open_store(engagement) as store:
        store.add(tables(people, given), doubles="other")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    whole = engaged(tmp_path_factory.mktemp("since") / "nordby", "preparation")
    folder, path = whole / "preparation", whole / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    named = dict.fromkeys(data["languages"], "Runde 1")
    data["waves"] = [data["waves"][0] | {"name": named}, {"id": "w2", "name": named}]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    import datetime as dt

    chose(folder, "w1", "time")
    freeze(engagements.load(folder), "w1", dt.date(2027, 1, 4))
    chose(folder, "w2", "sparring", seed=2)
    return assess(folder, wave="w2", language="da")


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_what_moved_is_named_and_stands_beside_what_did_not(
    played: Assessment, language: str
) -> None:
    words = played.engagement.words(language)
    spoken = dataclasses.replace(played, context=dataclasses.replace(played.context, words=words))
    with quick.undrawn():
        blocks = list(walk(spoken.section("tools").blocks))
    heads = [plain(b.text) for b in blocks if isinstance(b, Heading)]
    assert words("prepare.since.title") in heads
    moved = [c for c in played.context.released.chosen_changes if c.certainty is Certainty.TENDS]
    assert {"time", "sparring"} <= {c.option for c in moved}
    said = [plain(b.text) for b in blocks if isinstance(b, Paragraph)]
    assert words("prepare.since.some", n=len(moved), since="Runde 1") in said
    head = words("prepare.since.shares", since="Runde 1")
    (table,) = [b for b in blocks if isinstance(b, Table) and head in map(plain, b.columns)]
    assert len(table.rows) == 8
    marked = [plain(cell)[0] for _, cell in table.rows if plain(cell)[0] in "▲▼"]
    assert sorted(marked) == sorted("▲" if c.difference > 0 else "▼" for c in moved)


def test_the_page_of_change_speaks_of_dimensions_alone(played: Assessment) -> None:
    from hrkit.report.sections.change_chosen import moved, of_dimensions

    since = played.context.released.chosen_changes[0].since
    assert of_dimensions(played.context) == () and moved(played.context, since) == []


def row(counts: list[int], people: int) -> Ballot:
    question = LIST.choice
    assert question is not None
    told, names = (
        picks_told(counts, people, 10, question.facet.scale.at_most),
        question.facet.scale.options,
    )
    return Ballot(
        question.key, "leader", told.why, people,
        tuple(names[i] for i in told.alone), tuple(tidy(counts[i] / people, 2) for i in told.alone),
        tuple(names[i] for i in told.together), None if told.together else 0.0,
    )  # fmt: skip


def compared(old: Ballot, new: Ballot):
    before = Released("a", "w1", LIST.id, LIST.version, False, 5, 10, LEADERS, (), ballots=(old,))
    return chosen_since(LIST, LIST, LEADERS, (new,), before)


def test_only_what_both_rounds_print_is_compared_and_nothing_but_that_decides() -> None:
    """What few chose has no figure: it is no more reckoned with than it is printed."""
    few, many = row([1, 2, 4, 9, 9, 10, 11, 12], 24), row([9] * 8, 30)
    found = compared(few, many)
    assert few.together and {c.option for c in found} == set(few.values)
    assert not {c.option for c in found} & set(few.together)
    # Other counts behind the same print: the same comparison.
    assert compared(row([2, 1, 4, 9, 9, 10, 11, 12], 24), many) == found


def test_of_lists_with_another_limit_nothing_is_compared() -> None:
    first = instruments.load("preparation-1")
    before = Released("a", "w1", first.id, first.version, False, 5, 10, LEADERS, ())
    assert chosen_since(LIST, first, LEADERS, (row([9] * 8, 30),), before) == ()


@pytest.mark.parametrize("n", [12, 24, 60])
def test_hardly_a_page_names_a_change_where_leaders_choose_alike(n: int) -> None:
    """One, two or three each, some needs dearer than others, in both rounds the same."""
    rng, named, pages = np.random.default_rng(n), 0, 400
    odds = np.linspace(1, 4, 8) / np.linspace(1, 4, 8).sum()

    def drawn() -> Ballot:
        counts = np.zeros(8, dtype=int)
        for _ in range(n):
            counts[rng.choice(8, rng.integers(1, 4), replace=False, p=odds)] += 1
        return row(counts.tolist(), n)

    for _ in range(pages):
        found = compared(drawn(), drawn())
        named += any(c.certainty is not Certainty.UNKNOWN for c in found)
    assert named / pages <= 0.05
    assert "prepare.since" in {claim.id for claim in CLAIMS}
