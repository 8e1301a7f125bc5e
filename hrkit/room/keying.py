"""Forms on paper, typed in: digits only, whole forms, the last one taken back where it was wrong.

The page gets questions and never an answer of anybody's: what was typed goes one way.  What can be
taken back is what was typed in this sitting, newest first.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from hrkit.answers.store import Slip, Store
from hrkit.errors import HrkitError
from hrkit.forms import belonging, pages
from hrkit.forms.session import LONGEST
from hrkit.model.digits import digits
from hrkit.model.engagement import Engagement, Wave
from hrkit.text import clean

__all__ = ["SOURCE", "Keying", "parsed"]

#: What the store keeps of how such a form came.
SOURCE = "paper"
#: Bytes of one message: a whole form with its own words.
LARGEST = 256 * 1024

Message = Mapping[str, Any]
Reply = dict[str, Any]

_KINDS: Mapping[str, Mapping[str, type]] = {
    "hello": {"key": str, "language": str},
    "form": {"perspective": str, "language": str},
    "keep": {
        "perspective": str,
        "unit": str,
        "tier": str,
        "pair": str,
        "language": str,
        "answers": dict,
        "stamp": int,
    },
    "undo": {"stamp": int},
    "alive": {},
}


def parsed(text: str | bytes) -> dict[str, Any] | None:
    """A message, or None for anything else: another form, an unknown kind, name or type.

    >>> parsed('{"type": "alive"}'), parsed('{"type": "alive", "x": 1}')
    ({'type': 'alive'}, None)
    """
    if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > LARGEST:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kind = data.get("type") if isinstance(data, dict) else None
    fields = _KINDS.get(kind) if isinstance(kind, str) else None
    if fields is None or not all(_fits(fields.get(k), v) for k, v in data.items() if k != "type"):
        return None
    return dict(data)


def _fits(kind: type | None, value: object) -> bool:
    if kind is None or type(value) is not kind:
        return False
    return not isinstance(value, dict) or all(
        isinstance(k, str) and isinstance(v, str) for k, v in value.items()
    )


class Keying:
    """A sitting at which forms are typed in.

    Parameters
    ----------
    engagement, wave
        What is asked, and in which round of measurement; the units are those of the wave.
    store
        Open for writing.
    """

    def __init__(self, engagement: Engagement, wave: Wave, store: Store) -> None:
        self.engagement, self.wave, self.store = engagement, wave, store
        self.key = secrets.token_urlsafe(16)
        self._typed: list[str] = []
        self._kept: dict[int, Reply] = {}

    def opens(self, key: object) -> bool:
        """Whether a page may type here."""
        return isinstance(key, str) and hmac.compare_digest(key.encode(), self.key.encode())

    def no_key(self, language: object) -> str:
        """What a page without the key is told."""
        return self.engagement.words(self._spoken(language))("room.keying.no_key")

    def handle(self, message: Message) -> Reply | None:
        """Reply to a message of a page that may type here."""
        kind = message["type"]
        if kind == "alive":
            return {"type": "alive"}
        language = self._spoken(message.get("language"))
        try:
            if kind == "hello":
                return self._welcome(language)
            if kind == "form":
                return self._form(message.get("perspective", ""), language)
            if kind == "keep":
                return self._keep(message, language)
            if kind == "undo":
                return self._undo(message)
        except HrkitError as error:
            return self._refused(message, [error.summary, *map(str, error.problems)])
        return None

    def _welcome(self, language: str) -> Reply:
        engagement, w = self.engagement, self.engagement.words(language)
        ui = w.under("room.keying.")
        return {
            "type": "welcome",
            "language": language,
            "client": engagement.client,
            "wave": self.wave.name[language],
            "ui": ui,
            "languages": [{"id": one, "name": name} for one, name in pages.spoken(engagement)],
            "chairs": [
                {"id": one, "name": pages.role_name(engagement.instrument, one, language)}
                for one in engagement.instrument.perspectives
            ],
            "units": [
                {"id": unit.id, "name": pages.unit_name(engagement, unit, w)}
                for unit in engagement.units
            ],
            **belonging.offered(engagement, language),
            **self._totals(),
        }

    def _form(self, perspective: str, language: str) -> Reply:
        if perspective not in self.engagement.instrument.perspectives:
            return {"type": "refused", "why": [perspective]}
        made = pages.form(self.engagement, perspective, self.engagement.root.id, language)
        scales = {
            question.facet.scale.id: question.facet.scale
            for question in self.engagement.instrument.questions(perspective)
        }
        return {
            "type": "form",
            "perspective": perspective,
            "form": made,
            "digits": {id: digits(scale) for id, scale in scales.items()},
        }

    def _keep(self, message: Message, language: str) -> Reply:
        stamp = int(message.get("stamp", 0))
        if stamp in self._kept:
            return self._kept[stamp]  # it came, the reply did not
        engagement, perspective = self.engagement, message.get("perspective", "")
        w = engagement.words(language)
        why = []
        if perspective not in engagement.instrument.perspectives:
            why.append(w("forms.refused.role"))
        if message.get("unit") not in [unit.id for unit in engagement.units]:
            why.append(w("forms.refused.unit"))
        belongs = belonging.said(engagement, perspective, message)
        why += [w(f"forms.refused.{name}") for name in belongs.missing]
        given: dict[tuple[str, str], str] = {}
        for key, raw in message.get("answers", {}).items():
            question = engagement.instrument.keys.get(key)
            if question is None or perspective not in question.item.ask:
                why.append(w("forms.refused.value"))
                continue
            value = clean(raw) if question.facet.scale.kind == "text" else raw
            if len(value) > LONGEST:
                why.append(w("forms.refused.long", n=LONGEST))
            elif value:
                given[question.item.id, question.facet.id] = value
        if not given and not why:
            why.append(w("room.keying.nothing"))
        if why:
            return self._refused(message, list(dict.fromkeys(why)))
        slip = Slip(message["unit"], perspective, belongs.tier, belongs.pair)
        key = self.store.keep_form(self.wave.id, slip, given, source=SOURCE, language=language)
        self._typed.append(key)
        self._kept[stamp] = {"type": "kept", "stamp": stamp, **self._totals()}
        return self._kept[stamp]

    def _undo(self, message: Message) -> Reply:
        stamp = int(message.get("stamp", 0))
        if stamp and stamp in self._kept:
            return self._kept[stamp]  # one click takes one form back, however often it is told
        if self._typed:
            self.store.take_back(self._typed[-1])
            self._typed.pop()
        told = {"type": "undone", "stamp": stamp, **self._totals()}
        if stamp:
            self._kept[stamp] = told
        return told

    def _totals(self) -> dict[str, int]:
        """How many were typed in this sitting, and from paper in all."""
        return {"now": len(self._typed), "all": self.store.from_source(self.wave.id, SOURCE)}

    def _refused(self, message: Message, why: list[str]) -> Reply:
        return {"type": "refused", "stamp": message.get("stamp", 0), "why": why}

    def _spoken(self, language: object) -> str:
        known = isinstance(language, str) and language in self.engagement.languages
        return str(language) if known else self.engagement.language
