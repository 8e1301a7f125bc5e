"""The crosswalk from one edition to the next: what it lists is what the two editions really share."""

from __future__ import annotations

import pytest

from hrkit import kit
from hrkit.model import instrument_file as instruments
from hrkit.model.crosswalk import Crosswalk, crosswalk
from hrkit.model.instrument import Instrument, Item, Section
from hrkit.model.languages import codes

THEN, NOW = instruments.load("partnership-1"), instruments.load("partnership")
TABLE = crosswalk("partnership", 1, 2)
LISTED = [(item, who) for part in (TABLE.same, TABLE.reworded) for item, who in part.items()]


def found(instrument: Instrument, id: str) -> tuple[Section, Item]:
    return next((s, i) for s in instrument.dimensions for i in s.scored if i.id == id)


def test_there_is_one_for_every_step_between_editions() -> None:
    names = {path.stem for path in (kit.templates() / "instruments/crosswalks").glob("*.yml")}
    assert names == {"partnership-1-2"}
    assert crosswalk("partnership", 2, 3) == Crosswalk() and not TABLE.followed("trust.99")


@pytest.mark.parametrize(("id", "who"), LISTED)
def test_a_followed_statement_has_the_same_scale_direction_and_chairs(id, who) -> None:
    (before, was), (section, item) = found(THEN, id), found(NOW, id)
    assert before.scoring(was).scale.id == section.scoring(item).scale.id == "agreement"
    assert was.reversed == item.reversed and before.id == section.id
    assert {*who} <= {*was.ask} & {*item.ask}


def test_the_same_is_the_same_in_every_language_and_reworded_is_not() -> None:
    for id, who in LISTED:
        (_, was), (_, item) = found(THEN, id), found(NOW, id)
        equal = [
            THEN.wording(was, one, language) == NOW.wording(item, one, language)
            for one in who
            for language in codes()
        ]
        assert all(equal) == (id in TABLE.same), id
    assert not {*TABLE.same} & {*TABLE.reworded}


def test_no_statement_whose_scale_has_changed_is_listed() -> None:
    changed = {
        item.id
        for section in NOW.dimensions
        for item in section.scored
        if item.id in THEN.items and section.scoring(item).scale.id != "agreement"
    }
    assert len(changed) == 8 and not changed & {id for id, _ in LISTED}
