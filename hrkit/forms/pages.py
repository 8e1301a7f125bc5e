"""An instrument as pages of a form: plain data in one language, for one perspective.

One section is one page.  What is here holds words and keys only, never an answer; the page puts
them into the document as text, so that no wording of a client's own instrument can run.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from hrkit.forms import belonging
from hrkit.model.engagement import Engagement, Person, Wave
from hrkit.model.facets import DONT_KNOW, NOT_RELEVANT
from hrkit.model.instrument import Instrument, Item, Scale, Section
from hrkit.model.language import Words, words
from hrkit.model.languages import languages
from hrkit.model.places import unit_name
from hrkit.model.told import groups_told

__all__ = [
    "closed_page",
    "contact",
    "form",
    "needs_page",
    "opening",
    "role_name",
    "spoken",
    "unit_name",
    "welcome_page",
]

_UI = "forms.ui."
#: Points of the welcome page that are the kit's own words; who sees the report is the client's.
_POINTS = ("groups", "audience", "law", "choice", "contact")


def contact(person: Person) -> str:
    """Whom to ask, in one line: ``Ann Lee, Lee & Co (ann@lee.example, 12 34 56 78)``."""
    name = ", ".join(part for part in (person.name, person.organisation) if part)
    phone = person.phone.replace(" ", "\N{NO-BREAK SPACE}")
    reach = ", ".join(part for part in (person.email, phone) if part)
    return f"{name} ({reach})" if reach else name


def role_name(instrument: Instrument, perspective: str, language: str) -> str:
    """A perspective's name as one person's role."""
    return str(instrument.people.one(perspective).name("role", language))


def spoken(engagement: Engagement) -> list[tuple[str, str]]:
    """The languages one may answer in, by code, with their own names."""
    return [(name, languages()[name].name) for name in engagement.languages]


def opening(language: str) -> dict[str, str]:
    """What stands there before the first message: the only words that are widget state."""
    w = words(language)
    return {"language": language, "waiting": w(_UI + "waiting"), "silent": w(_UI + "silent")}


def welcome_page(
    engagement: Engagement,
    wave: Wave,
    language: str,
    perspective: str = "",
    unit: str = "",
    today: dt.date | None = None,
    *,
    kept: bool = True,
    coded: bool = False,
) -> dict[str, Any]:
    """The first page in one language: what this is, who sees what, and where one begins.

    Parameters
    ----------
    perspective, unit
        Settled beforehand, so that nobody is asked.
    today
        A closing day that has passed is not shown; nothing is refused because of it.
    kept
        Whether what is answered in a demonstration is kept.
    coded
        Whether one can begin only with a code that was handed out.
    """
    instrument, w = engagement.instrument, engagement.words(language)
    texts = {
        "groups": groups_told(engagement, w, perspective),
        "audience": engagement.audience.get(language, ""),
        "law": w("forms.welcome.law.text"),
        "choice": w("forms.welcome.choice.text"),
        "contact": w("forms.welcome.contact.text", contact=contact(engagement.consultant)),
    }
    closes = wave.closes if wave.closes and wave.closes >= (today or dt.date.today()) else None
    known = [name for name in engagement.units if name.id == unit]
    settled = [role_name(instrument, perspective, language)] if perspective else []
    settled += [unit_name(engagement, known[0], w)] if known and len(engagement.units) > 1 else []
    return _shell(engagement, language) | {
        "intro": instrument.intro[language],
        "demo": w(f"forms.welcome.{'kept' if kept else 'demo'}") if engagement.synthetic else "",
        "know": w("forms.welcome.know"),
        "points": [
            {"lead": w(f"forms.welcome.{point}.lead"), "text": texts[point]}
            for point in _POINTS
            if texts[point]
        ],
        "closes": w("forms.welcome.closes", date=w.date(closes)) if closes else "",
        "coded": coded,
        "settled": " · ".join(settled),
        "role": perspective,
        **belonging.offered(engagement, language),
        "roles": [] if perspective else [_role(instrument, p, w) for p in instrument.perspectives],
        "units": []
        if unit
        else [{"id": u.id, "name": unit_name(engagement, u, w)} for u in engagement.units],
    }


def needs_page(
    engagement: Engagement, perspective: str, unit: str, language: str
) -> dict[str, Any]:
    """What is asked of somebody whose slip does not say all of it, in one language."""
    return _shell(engagement, language) | {
        "role": perspective,
        "who": _who(engagement, perspective, unit, language),
        **belonging.offered(engagement, language),
    }


def _who(engagement: Engagement, perspective: str, unit: str, language: str) -> str:
    role = role_name(engagement.instrument, perspective, language)
    place = unit_name(engagement, engagement.unit(unit), engagement.words(language))
    return " · ".join((role, place))


def closed_page(engagement: Engagement, wave: Wave, language: str) -> dict[str, Any]:
    """What a frozen wave shows instead, in one language."""
    w = engagement.words(language)
    who = contact(engagement.consultant)
    closed = {
        "title": w("forms.closed.title"),
        "text": w("forms.closed.text", wave=wave.name[language], contact=who),
    }
    return _shell(engagement, language) | {"closed": closed}


def form(engagement: Engagement, perspective: str, unit: str, language: str) -> dict[str, Any]:
    """All pages for one perspective in one language, with the scales they use."""
    instrument = engagement.instrument
    asked = list(instrument.questions(perspective))
    sections = {question.section.id: question.section for question in asked}
    return _shell(engagement, language) | {
        "who": _who(engagement, perspective, unit, language),
        "scales": {q.facet.scale.id: _scale(q.facet.scale, language) for q in asked},
        "pages": [_page(instrument, s, perspective, language) for s in sections.values()],
    }


def _shell(engagement: Engagement, language: str) -> dict[str, Any]:
    """What every page has: title, language, the choice of languages, the page's own words."""
    return {
        "language": language,
        "languages": [{"id": id, "name": name} for id, name in spoken(engagement)],
        "title": engagement.instrument.title[language],
        "ui": engagement.words(language).under(_UI),
    }


def _role(instrument: Instrument, perspective: str, w: Words) -> dict[str, str]:
    return {
        "id": perspective,
        "name": role_name(instrument, perspective, w.language),
        "hint": str(instrument.people.one(perspective).name("hint", w.language)),
    }


def _scale(scale: Scale, language: str) -> dict[str, Any]:
    return {
        "kind": scale.kind,
        "most": scale.most,
        "fewest": scale.fewest,
        "choices": [
            {"value": c.value, "label": c.label[language]}
            | ({"about": c.about[language]} if c.about else {})
            for c in scale.choices
        ],
        "ways_out": [{"value": c.value, "label": c.label[language]} for c in scale.ways_out],
        "digits": _digits(scale),
    }


def _digits(scale: Scale) -> dict[str, str]:
    """Which key gives which answer: a rating's own numbers, 0 for "don't know", 9 for "not relevant"."""
    if scale.kind != "rating":
        return {}
    keys = {choice.value: choice.value for choice in scale.choices if len(choice.value) == 1}
    ways = {DONT_KNOW: "0", NOT_RELEVANT: "9"}
    return keys | {ways[c.value]: c.value for c in scale.ways_out if ways[c.value] not in keys}


def _page(
    instrument: Instrument, section: Section, perspective: str, language: str
) -> dict[str, Any]:
    items = section.items + ((section.importance,) if section.importance else ())
    block = instrument.blocks.get(section.block)
    return {
        "name": section.name[language],
        "about": section.about[language],
        "block": block[language] if block else "",
        "items": [
            _item(instrument, item, perspective, language)
            for item in items
            if perspective in item.ask
        ],
    }


def _item(instrument: Instrument, item: Item, perspective: str, language: str) -> dict[str, Any]:
    return {
        "text": instrument.wording(item, perspective, language),
        "importance": item.role == "importance",
        "facets": [
            {"key": item.key(facet), "label": facet.label[language], "scale": facet.scale.id}
            for facet in item.facets
        ],
    }
