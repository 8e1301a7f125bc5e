"""Exports of survey programs that asked the kit's questions: the same answers come back, from each."""

from __future__ import annotations

import random

import pytest

from hrkit.answers.readers.template import read_answers
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot

from .simulated import EXPORTS, Person

ENGAGEMENT = """\
hrkit: 1
id: harbour
client: "Harbour"
consultant: {name: "C"}
language: en
languages: [en, da, nl]
instrument: partnership
units:
  - {id: all, name: "Harbour"}
  - {id: quay-north, name: "North quay", parent: all}
  - {id: sheds, name: "Sheds & cranes", parent: all}
waves:
  - {id: w1, name: {en: "Spring", da: "Forår", nl: "Voorjaar"}}
audience: {en: "The board", da: "Ledelsen", nl: "De directie"}
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    place = tmp_path_factory.mktemp("harbour")
    (place / "engagement.yml").write_text(ENGAGEMENT, encoding="utf-8")
    return engagements.load(place)


@pytest.fixture(scope="module")
def people(harbour):
    """One of each role: ratings, don't knows, not relevants, blanks, three of the list, own words."""
    draw, found = random.Random(7), []
    for n, who in enumerate(harbour.instrument.perspectives):
        given = {}
        for question in harbour.instrument.questions(who):
            scale = question.facet.scale
            if scale.kind == "pick":
                given[question.key] = ballot(
                    scale.options, draw.sample(scale.options, scale.exactly)
                )
            elif scale.kind == "text":
                given[question.key] = f"Words, with; signs {n}\nand æøå – “quoted”"
            elif draw.random() < 0.9:
                values = [one.value for one in (*scale.choices, *scale.ways_out)]
                given[question.key] = draw.choice(values)
        found.append(Person(who, ("quay-north", "sheds")[n % 2], given, ("en", "da", "nl")[n % 3]))
    return found


def said(reading):
    """Role and unit of each person, and what they said; however the rows are called."""
    answers = reading.responses.answers
    found = []
    for who, unit, perspective in reading.responses.people[
        ["respondent", "unit", "perspective"]
    ].itertuples(index=False, name=None):
        mine = answers[answers["respondent"] == who]
        given = zip(mine["item"], mine["facet"], mine["value"], strict=True)
        found.append((perspective, unit, frozenset(given)))
    return found


def expected(engagement, people):
    keys = engagement.instrument.keys
    return [
        (
            person.perspective,
            person.unit,
            frozenset((keys[k].item.id, keys[k].facet.id, v) for k, v in person.given.items()),
        )
        for person in people
    ]


@pytest.mark.parametrize(("tool", "form"), EXPORTS)
def test_the_same_answers_come_back(harbour, people, tmp_path, tool, form):
    name, write = EXPORTS[tool, form]
    reading = read_answers(write(tmp_path / name, harbour, people), harbour)
    assert said(reading) == expected(harbour, people)
    assert any(f"was read as an export of {tool}" in note for note in reading.notes)
