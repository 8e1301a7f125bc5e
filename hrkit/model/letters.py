"""Letters and mails around a round: to representatives and leaders before it, to everybody asked, and after it.

A letter is data (`data/templates/letters/*.yml`; one in `letters/INSTRUMENT` wins over them); `letters` puts the engagement's own names, dates,
languages, thresholds and words into it.  A paragraph that needs what the engagement does not say is left
out; a date that nobody has set stays a blank to write in, and both are named for the sender.  A file of
the same id in the engagement's folder ``letters/`` wins over the kit's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.figures import enumeration
from hrkit.model.instrument import Instrument
from hrkit.model.own_files import layered
from hrkit.model.terms import expanded

__all__ = ["BLANK", "Letter", "facts_of", "letters", "minutes_to_answer"]

#: Sub-folder of the kit and of an engagement that holds letters.
FOLDER = "letters"
#: What stands where the sender has to write something in.
BLANK = "______"
#: Letters in the order in which they are sent; a client's own come after them.
ORDER = ("representatives", "leaders", "invitation", "reminder", "closing")
_FIELD = re.compile(r"\{(\w+)\}")
#: Seconds for a rating, and for an answer in one's own words: slow readers, since time is promised.
_RATED, _WRITTEN = 11, 45


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter with everything that is known filled in.

    Attributes
    ----------
    to, when, sender
        Who reads it, when it is sent, and a note to whoever sends it: no part of the letter.
    legal
        It touches the law: the sender is told to ask an adviser of their own.
    open
        Facts that the sender has to write in where `BLANK` stands.
    left_out
        Facts that the engagement does not have, whose paragraphs were left out.
    """

    id: str
    to: str
    when: str
    sender: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    signed: str
    legal: bool = False
    open: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def letters(engagement: Engagement, language: str, wave: str = "") -> tuple[Letter, ...]:
    """The letters of a round, in one language and in the order they are sent.

    Parameters
    ----------
    engagement
        Whose names, dates, thresholds and words they carry.
    language
        The code of a language of the kit.
    wave
        Id of the round; the latest if empty.

    Raises
    ------
    HrkitError
        If one of the client's own cannot be used: with all that is wrong.
    """
    home = kit.templates() / FOLDER
    places = [home, *(home / id for id in reversed(engagement.instrument.speaks))]
    languages = engagement.languages
    found = layered(places, engagement.folder, FOLDER, "letter", languages, "Letters")
    rank = {id: i for i, id in enumerate(ORDER)}
    round = engagement.wave(wave or None)
    made = (
        _letter(
            expanded(one.data, engagement.terms),
            facts_of(engagement, language, round, one.data.get("reader", "")),
            engagement.country,
            language,
        )
        for one in found.values()
    )
    return tuple(sorted(made, key=lambda letter: (rank.get(letter.id, len(rank)), letter.id)))


def minutes_to_answer(instrument: Instrument) -> int:
    """About how long the longest of the questionnaires takes, in whole minutes.

    It is promised to people before they answer, so it is on the side of the slow reader: eleven
    seconds for a rating or a choice, three quarters of a minute for words of their own, and for what is
    chosen of a list.
    """
    longest = 0
    for perspective in instrument.perspectives:
        asked = [q.facet.scale.kind for q in instrument.questions() if perspective in q.item.ask]
        written = asked.count("text") + asked.count("pick")
        longest = max(longest, _RATED * (len(asked) - written) + _WRITTEN * written)
    return max(1, math.ceil(longest / 60))


def facts_of(
    engagement: Engagement, language: str, wave: Wave, reader: str = ""
) -> Mapping[str, str]:
    """What is known, by field; empty where the engagement does not say it.

    `reader` is the perspective that reads it; the side that comes first where nothing is said.
    """
    words, consultant, round = engagement.words(language), engagement.consultant, engagement.letters
    instrument, asked = engagement.instrument, _asked(engagement, wave)
    names = {id: str(instrument.people.one(id).name("in_text", language)) for id in asked}
    reached = ", ".join(x for x in (consultant.email, consultant.phone) if x)
    spoken = [words(f"answers.languages.in_{one}") for one in engagement.languages]
    dates = {
        "closes": wave.closes,
        "summary": round.summary,
        "meeting": round.meeting,
        "told": round.told,
    }
    readers = (reader,) if reader else instrument.sides[:1]
    title = instrument.title[language]
    about = words("letters.about", instrument=title)
    return {
        "about": about,
        "question": words("letters.question", instrument=title),
        "leaders": words("letters.leaders", about=about),
        "instrument": title,
        "client": engagement.client,
        "wave": wave.name.get(language) or next(iter(wave.name.values())),
        "minutes": str(minutes_to_answer(instrument)),
        "contact": consultant.name + (f" ({reached})" if reached else ""),
        "consultant": consultant.signature,
        "link": round.link,
        "k": str(engagement.protection.scores),
        "details": str(engagement.protection.details),
        "audience": engagement.audience.get(language, ""),
        "asked": words.join(list(names.values())),
        "others": words.join([name for id, name in names.items() if id not in readers]),
        "languages": enumeration(spoken, language, either=True) if len(spoken) > 1 else "",
        **{f"without_{id}": "" if id in asked else "yes" for id in instrument.perspectives},
        **{name: words.date(day) if day else "" for name, day in dates.items()},
    }


def _asked(engagement: Engagement, wave: Wave) -> tuple[str, ...]:
    """The perspectives that are invited to a round; all of the instrument's where nobody has said it.

    The side that comes first in the instrument is named first.
    """
    invited = {row.perspective for row in engagement.invited if row.wave == wave.id and row.n}
    there = [id for id in engagement.instrument.perspectives if not invited or id in invited]
    return tuple(sorted(there, key=lambda id: id not in engagement.instrument.sides[:1]))


def _letter(raw: Any, facts: Mapping[str, str], country: str, language: str) -> Letter:
    open: dict[str, None] = {}
    left_out: dict[str, None] = {}

    def say(text: str) -> str:
        def fill(match: re.Match[str]) -> str:
            if match[1] not in facts:
                return match[0]
            if not facts[match[1]]:
                open[match[1]] = None
            return facts[match[1]] or BLANK

        # Not str.format: what is filled in may hold braces of its own.
        return _FIELD.sub(fill, text)

    def wording(paragraph: Any) -> str:
        texts = paragraph.get("countries", {}).get(country, paragraph["text"])
        return str(texts.get(language) or paragraph["text"][language])

    paragraphs = []
    for paragraph in raw["paragraphs"]:
        # Who is no perspective of the instrument is asked by nobody.
        lacking = [
            name
            for name in paragraph.get("needs", ())
            if not facts.get(name, name.startswith("without_"))
        ]
        # Who is asked is known either way: a sentence about the other case is no gap.
        left_out |= dict.fromkeys(
            name for name in lacking if name not in _KNOWN and not name.startswith("without_")
        )
        if not lacking:
            paragraphs.append(say(wording(paragraph)))
    subject, greeting = say(wording(raw["subject"])), say(wording(raw["greeting"]))
    signed = say(raw["signed"][language])
    return Letter(
        id=raw["id"],
        to=say(raw["to"][language]),
        when=say(raw["when"][language]),
        sender=say(raw["sender"][language]),
        subject=subject,
        greeting=greeting,
        paragraphs=tuple(paragraphs),
        signed=signed,
        legal=bool(raw.get("legal", False)),
        open=tuple(open),
        left_out=tuple(left_out),
    )


#: Conditions that are known to hold or not: nothing is missing where a paragraph does not apply.
_KNOWN = frozenset({"languages", "others"})
