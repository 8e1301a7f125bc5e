"""Papers about the duties that come with answers: impact assessment, record, notice, plan, letter.

A paper is data (`data/templates/duties/*.yml`): points, and what holds here, with the engagement's own
facts filled in.  What nobody has decided yet stays a blank and is named; every paper says that it has
to be completed and checked by the reader's own adviser.  A file of the same id in the engagement's
folder ``duties/`` wins over the kit's, and one of another id is one more paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.letters import BLANK, facts_of
from hrkit.model.own_files import layered
from hrkit.model.terms import expanded
from hrkit.model.told import sensitive_parts
from hrkit.model.tool import tool

__all__ = ["BLANK", "Duty", "DutyPart", "DutyRow", "StorePlace", "duty_papers"]

#: Sub-folder of the kit, and of an engagement, that holds papers.
FOLDER = "duties"
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A point and what holds here.

    Attributes
    ----------
    pia, gauge, measure
        Which question of the CNIL tool it answers, what is proposed there, and whether it is a safeguard.
    open
        Facts that somebody has to write in where `BLANK` stands.
    """

    label: str
    text: str
    pia: int = 0
    gauge: int = 0
    measure: bool = False
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyPart:
    """Points under one heading."""

    title: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A paper with everything that is known filled in."""

    id: str
    to: str
    title: str
    intro: str
    parts: tuple[DutyPart, ...]
    closing: str = ""

    @property
    def rows(self) -> tuple[DutyRow, ...]:
        """All points."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def filled(self) -> float:
        """Which share of its points is filled in."""
        return sum(not row.open for row in self.rows) / len(self.rows)


@dataclass(frozen=True, slots=True)
class StorePlace:
    """What is known of where the answers lie: on a server, encrypted, kept in step by a program."""

    server: bool = False
    encrypted: bool = False
    program: str = ""


def duty_papers(
    engagement: Engagement, language: str, wave: str = "", place: StorePlace = StorePlace()
) -> tuple[Duty, ...]:
    """The papers of an engagement, in one language.

    Parameters
    ----------
    engagement
        Whose facts they carry.
    language
        The code of a language of the kit.
    wave
        Id of the round; the latest if empty.
    place
        Where the answers lie.

    Raises
    ------
    HrkitError
        If one of the engagement's own cannot be used: with all that is wrong.
    """
    places = [kit.templates() / FOLDER]
    languages = engagement.languages
    found = layered(places, engagement.folder, FOLDER, "duty", languages, "Papers")
    facts = _facts(engagement, language, engagement.wave(wave or None), place)
    order = sorted(found.values(), key=lambda one: (one.data.get("order", 99), one.data["id"]))
    return tuple(
        _paper(expanded(one.data, engagement.terms), facts, engagement.country, language)
        for one in order
    )


def _facts(
    engagement: Engagement, language: str, wave: Wave, place: StorePlace
) -> Mapping[str, str]:
    words, duties = engagement.words(language), engagement.duties
    w = "duties.papers."
    invited = [row.n for row in engagement.invited if row.wave == wave.id]
    days = {
        "answers_until": duties.answers_until,
        "reports_until": duties.reports_until,
        "heard": duties.heard,
        "opens": wave.opens,
    }
    marked = [
        words("forms.welcome.groups.sensitive", name=name, n=n)
        for name, n in sensitive_parts(engagement.instrument, language)
        if n > engagement.protection.scores
    ]
    besides = [
        one.title[language]
        for id in engagement.tools
        if (one := tool(id)) is not None
        and one.asks
        and wave.id in engagement.asked.get(id, (wave.id,))
    ]
    comments = any(
        q.facet.scale.kind == "text" and q.facet.release == "texts"
        for q in engagement.instrument.questions()
    )
    return {
        **facts_of(engagement, language, wave),
        **{name: words.date(day) if day else "" for name, day in days.items()},
        "tools": words.join(besides),
        "version": engagement.instrument.version,
        "units": str(len(engagement.units_in(wave.id))),
        "people": str(sum(invited)) if invited else "",
        "officer": duties.officer,
        "basis": words(f"{w}basis.{duties.basis}") if duties.basis else "",
        "store": words(f"{w}{'kept_server' if place.server else 'kept_file'}"),
        "cipher": ""
        if place.server
        else words(f"{w}{'encrypted' if place.encrypted else 'plain'}"),
        "sync": words(f"{w}sync", name=place.program) if place.program else words(f"{w}nosync"),
        "consent": "yes" if duties.basis == "consent" else "",
        "sensitive": " ".join(marked),
        "plain_groups": "" if marked else "yes",
        "insider": "yes" if engagement.protection.insider else "",
        "comments": "yes" if comments else "",
        "tiers": "yes" if engagement.tiers else "",
        "pairs": "yes" if engagement.pairs else "",
    }


def _paper(raw: Any, facts: Mapping[str, str], country: str, language: str) -> Duty:
    def say(text: str) -> tuple[str, tuple[str, ...]]:
        open_: dict[str, None] = {}

        def fill(match: re.Match[str]) -> str:
            if match[1] not in facts:
                return match[0]
            if not facts[match[1]]:
                open_[match[1]] = None
            return facts[match[1]] or BLANK

        # Not str.format: what is filled in may hold braces of its own.
        return _FIELD.sub(fill, text), tuple(open_)

    def row(one: Any) -> DutyRow:
        texts = one.get("countries", {}).get(country, one["text"])
        text, blank = say(str(texts.get(language) or one["text"][language]))
        return DutyRow(
            say(one["label"][language])[0],
            text,
            one.get("pia", 0),
            one.get("gauge", 0),
            bool(one.get("measure", False)),
            blank,
        )

    parts = (
        DutyPart(
            say(part["title"][language])[0],
            tuple(
                row(one) for one in part["rows"] if all(facts.get(n) for n in one.get("needs", ()))
            ),
        )
        for part in raw["parts"]
    )
    return Duty(
        raw["id"],
        say(raw["to"][language])[0],
        say(raw["title"][language])[0],
        say(raw["intro"][language])[0] if "intro" in raw else "",
        tuple(part for part in parts if part.rows),
        say(raw["closing"][language])[0] if "closing" in raw else "",
    )
