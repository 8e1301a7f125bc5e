"""What of a client's own instrument has no advice is said by check, and of the kit's own nothing is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from hrkit.assessment.unadvised import unadvised
from hrkit.commands.check import check
from hrkit.model import engagement_file as engagements
from tests.report.own import Data, en, instrument, section, write

NAME = "a dimension and more"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A dimension, a section that is rated without a score, one of open questions; all the client's."""
    write(NAME, tmp_path / "own")
    return tmp_path / "own"


def put(folder: Path, name: str, data: Data) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(data), "utf-8")


def said(folder: Path) -> str:
    return "\n".join(unadvised(engagements.load(folder)))


def test_dimensions_without_an_action_and_sections_without_a_score_are_named(own: Path) -> None:
    assert "no advice for Section work:" in said(own)
    assert "no questions for a talk about Section work:" in said(own)
    assert "Section home, Section open have no score" in said(own)
    assert set(unadvised(engagements.load(own))) <= set(check(own).notes)


def test_what_the_folder_brings_is_not_missed(own: Path) -> None:
    action = {
        "id": "work.own1", "dimension": "work", "step": 2, "owner": "crew", "effort": "small", "horizon": "now",
        "text": en("Do this."), "first": en("Begin here."),
    }  # fmt: skip
    put(own, "actions/own.yml", {"add": [action]})
    put(own, "texts/own.yml", {"talk": {"dimensions": {"work": {"questions": [en("When?")]}}}})
    assert said(own).count("\n") == 0 and "have no score" in said(own)


def test_what_is_wrong_with_the_actions_is_said_as_that(own: Path) -> None:
    put(own, "actions/own.yml", {"strike": ["work.a99"]})
    found = check(own)
    assert any("there is no action work.a99" in str(one) for one in found.problems)
    assert not any("no advice" in note for note in found.notes)


@pytest.mark.parametrize("client", ["municipality", "service", "blueprint"])
def test_of_the_kits_own_instruments_nothing_is_said(
    client_folder: Callable[[str], Path], client: str
) -> None:
    assert said(client_folder(client)) == ""


def test_only_what_was_added_to_the_core_is_spoken_of(own: Path) -> None:
    added = {"id": "plan", "name": en("Planning"), "about": en("Plans."), "facets": ["agree"]}
    added["items"] = [
        {"id": f"plan.{i}", "ask": ["leader", "hr"], "text": {"any": en(f"A plan {i}.")}}
        for i in (1, 2, 3)
    ]
    data = {"id": "own", "extends": "partnership", "version": "1.0.0", "languages": ["en"]}
    levels = [{"level": i, "text": en(f"Plans at {i}.")} for i in range(1, 6)]
    put(own, "own.yml", {**data, "sections": [{**added, "grid": levels}]})
    assert "no advice for Planning:" in said(own)
    assert "Trust" not in said(own) and "no score" not in said(own)


def test_of_many_the_first_are_named_and_the_rest_counted(own: Path) -> None:
    facets = {"agree": {"scale": "five", "label": en("Agreement")}}
    put(own, "own.yml", instrument(facets, *(section(f"s{i}", ["agree"]) for i in range(7))))
    assert "for Section s0, Section s1, Section s2, Section s3 and 3 more:" in said(own)
