"""The conversation between open pages and the store; here, and not in the browser, is the truth.

A page sends what somebody did; every message is checked against the instrument as if it came from
a stranger, saved, and answered.  Each open page is a visit of its own: it sees what was entered
under its own code and nothing else.  A reloaded page is a new visit and starts at the welcome, so
that whoever sits down next at the same screen does not find the last person's answers.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hrkit.answers.codes import ALPHABET, canonical, new_code
from hrkit.answers.pace import SECONDS
from hrkit.answers.progress import Asked, enough
from hrkit.answers.store import Slip, Stale, Store
from hrkit.errors import HrkitError, StoreError
from hrkit.forms import belonging, pages
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.instrument import Question
from hrkit.text import clean

__all__ = ["LONGEST", "Desk", "Visit"]

#: Characters of an answer in own words.
LONGEST = 4000
#: Statements after which the pace is looked at.
_PACED = 20
# Only codes that this form drew: a client's own number ("001") could be tried out.
_DRAWN = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}")
#: Answers to one question that may be on their way at once.
_THOUGHTS = 50

Message = Mapping[str, Any]
Reply = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast statements are answered on an open page; lives in memory and is never kept."""

    first: float = 0.0
    count: int = 0

    def after(self, now: float) -> Pace:
        """With one more answer."""
        return Pace(self.first if self.count else now, self.count + 1)

    def hasty(self, now: float) -> bool:
        """Whether the answers so far came faster than anybody can read."""
        return now - self.first < SECONDS * (self.count - 1)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one open page.

    ``respondent`` is empty until the first answer: who only looks leaves nothing in the store.
    """

    code: str
    perspective: str
    unit: str
    respondent: str = ""
    language: str = ""
    pace: Pace = Pace()
    level: str | None = None
    pair: str | None = None


class Desk:
    """Takes the messages of all open pages of one questionnaire and gives the replies.

    Parameters
    ----------
    engagement, wave
        What is asked, and in which round.
    store
        Open; the desk saves into it, and reads only what belongs to a code it was given.
    language
        That of the welcome page, until another is chosen.
    perspective, unit
        Settled beforehand, or empty for the respondent to choose.
    kept
        False where a demonstration is tried out and the store is given up afterwards.
    coded
        Only who has a code may begin: one that was handed out, or that of answers given before.
    saved
        Told of each answer that was saved: the respondent's key, perspective and item, and whether
        anything stands.  A room counts with it who is done; no answer is in it.
    batch
        Number of the room in which is answered (`Store.gather`); asked when there is an answer.
    """

    def __init__(
        self,
        engagement: Engagement,
        wave: Wave,
        store: Store,
        language: str,
        perspective: str = "",
        unit: str = "",
        *,
        kept: bool = True,
        coded: bool = False,
        saved: Callable[[str, str, Asked, bool], None] | None = None,
        batch: Callable[[], int] | None = None,
    ) -> None:
        self._kept, self._coded, self._told, self._batch = kept, coded, saved, batch
        self._engagement, self._wave, self._store = engagement, wave, store
        self._language, self._perspective = language, perspective
        self._unit = engagement.root.id if len(engagement.units) == 1 else unit
        self._visits: dict[str, Visit] = {}
        self._clock: Callable[[], float] = time.monotonic

    def handle(self, message: object) -> Reply | None:
        """Reply to one message; None where nothing is to be said.

        Never raises: an exception's traceback in the kernel's log could hold an answer.
        """
        handlers: dict[object, Callable[[str, Message], Reply | None]] = {
            "hello": self._hello,
            "begin": self._begin,
            "resume": self._resume,
            "language": self._translate,
            "answer": self._answer,
            "leave": self._leave,
        }
        if not isinstance(message, Mapping) or not isinstance(message.get("view"), str):
            return None
        kind, view = message.get("type"), message["view"]
        handler = handlers.get(kind) if isinstance(kind, str) else None
        if handler is None:
            return None
        try:
            reply = handler(view, message)
        except Exception as error:
            reply = self._failed(message, error)
        return None if reply is None else {"view": view, **reply}

    def visit(self, view: str) -> Visit | None:
        """Who is at an open page; None where nobody has begun there."""
        return self._visits.get(view)

    def clear(self) -> None:
        """Nobody has begun at any page: what was answered is taken back, and pages begin anew."""
        self._visits.clear()

    def stands(self, visit: Visit) -> bool:
        """Whether a visit's code is good still: whoever finds a lost one has it open, perhaps."""
        if not visit.respondent and not self._coded:
            return True  # a code of its own, of which the store does not know yet
        return self._store.opens(visit.code, self._wave.id)

    # ------------------------------------------------------------------------- handlers

    def _hello(self, view: str, message: Message) -> Reply:
        self._visits.pop(view, None)
        chosen = self._engagement.languages
        if self._closed():
            made = {x: pages.closed_page(self._engagement, self._wave, x) for x in chosen}
        else:
            made = {
                x: pages.welcome_page(
                    self._engagement,
                    self._wave,
                    x,
                    self._perspective,
                    self._unit,
                    kept=self._kept,
                    coded=self._coded,
                )
                for x in chosen
            }
        return {"type": "welcome", "language": self._language, "pages": made}

    def _begin(self, view: str, message: Message) -> Reply | None:
        if view in self._visits:
            return None  # A second click; the first one is being answered.
        if self._coded:
            told = self._words(message)("forms.refused.code_needed")
            return {"type": "refused", "problems": {"code": told}}
        perspective = self._perspective or message.get("perspective")
        unit = self._unit or message.get("unit")
        refused = {}
        if perspective not in self._engagement.instrument.perspectives:
            refused["role"] = self._words(message)("forms.refused.role")
        if unit not in [known.id for known in self._engagement.units]:
            refused["unit"] = self._words(message)("forms.refused.unit")
        belongs = belonging.said(self._engagement, str(perspective), message)
        refused |= self._lacking(message, belongs)
        if refused:
            return {"type": "refused", "problems": refused}
        if self._closed():
            return self._hello(view, message)
        self._visits[view] = Visit(
            new_code(), str(perspective), str(unit), level=belongs.tier, pair=belongs.pair
        )
        return self._opened(view, message, {}, fresh=True)

    def _resume(self, view: str, message: Message) -> Reply:
        w, typed = self._words(message), message.get("code")
        code = canonical(typed) if isinstance(typed, str) else ""
        if not code:
            return {"type": "refused", "problems": {"code": w("forms.refused.code_blank")}}
        if not _DRAWN.fullmatch(code):
            return {"type": "refused", "problems": {"code": w("forms.refused.code_shape")}}
        if self._closed():
            return self._hello(view, message)
        found = self._store.resume(code, self._wave.id)
        if found is None:
            slip = self._store.handed(code, self._wave.id)
            if slip is None:
                return {"type": "refused", "problems": {"code": w("forms.refused.code_unknown")}}
            return self._first(view, message, code, slip)
        self._visits[view] = Visit(code, found.perspective, found.unit, found.respondent)
        asked = self._engagement.instrument.questions(found.perspective)
        given = {
            question.key: found.answers[question.item.id, question.facet.id]
            for question in asked
            if (question.item.id, question.facet.id) in found.answers
        }
        return self._opened(view, message, given, fresh=False)

    def _first(self, view: str, message: Message, code: str, slip: Slip) -> Reply:
        """The first visit with a code from a slip: what that does not say is asked."""
        chair, where = slip.perspective, slip.unit
        belongs = belonging.said(self._engagement, chair, message, slip.level, slip.pair)
        if belongs.missing and not {"tier", "pair"} & set(message):
            page = pages.needs_page(self._engagement, chair, where, self._spoken(message))
            return {"type": "needs", "code": code, "page": page, "needs": list(belongs.missing)}
        if belongs.missing:
            return {"type": "refused", "problems": self._lacking(message, belongs)}
        self._visits[view] = Visit(code, chair, where, level=belongs.tier, pair=belongs.pair)
        return self._opened(view, message, {}, fresh=False)

    def _lacking(self, message: Message, belongs: belonging.Belongs) -> dict[str, str]:
        w = self._words(message)
        return {name: w(f"forms.refused.{name}") for name in belongs.missing}

    def _translate(self, view: str, message: Message) -> Reply | None:
        visit = self._visits.get(view)
        if visit is None:
            return None
        return {"type": "form", "form": self._form(visit, message)}

    def _answer(self, view: str, message: Message) -> Reply:
        w = self._words(message)
        visit = self._visits.get(view)
        if visit is None:
            return _error(message, w("forms.refused.session"))
        if not self.stands(visit):
            return _error(message, w("forms.refused.void")) | {"final": True}
        question = self._question(visit, message.get("key"))
        value = message.get("value")
        if question is None or not (value is None or isinstance(value, str)):
            return _error(message, w("forms.refused.value"))
        if value is not None and question.facet.scale.kind == "text":
            value = clean(value) or None
            if value and len(value) > LONGEST:
                return _error(message, w("forms.refused.long", n=LONGEST))
        elif value is not None and value not in question.facet.scale.answers:
            return _error(message, w("forms.refused.value"))
        was = _thought(message.get("was"))
        if not visit.respondent and (found := self._store.resume(visit.code, self._wave.id)):
            # Another page was opened with the same code, and answered first.
            visit = replace(visit, respondent=found.respondent)
            self._visits[view] = visit
        if not visit.respondent:
            if value is None:
                return _saved(message)
            key = self._store.begin(
                self._wave.id,
                visit.unit,
                visit.perspective,
                visit.level,
                visit.pair,
                code=visit.code,
                language=self._spoken(message),
                batch=None if self._batch is None else self._batch(),
            )
            visit = replace(visit, respondent=key, language=self._spoken(message))
            self._visits[view] = visit
        place = (visit.respondent, question.item.id, question.facet.id)
        try:
            batch = None if self._batch is None else self._batch()
            self._store.save(*place, value, was=was, batch=batch)
        except Stale as stale:
            return _saved(message) | {"type": "stale", "value": stale.stands}
        if visit.language != (spoken := self._spoken(message)):
            # That of the last answer: it is kept as coarse as that.
            self._store.answers_how(visit.respondent, language=spoken)
            visit = self._visits[view] = replace(visit, language=spoken)
        scale = question.facet.scale
        if self._told is not None:
            asked = question.item.id, question.facet.id
            self._told(visit.respondent, visit.perspective, asked, enough(value, scale.fewest))
        if scale.kind not in ("text", "pick"):
            self._visits[view] = self._paced(visit)
        return _saved(message)

    def _paced(self, visit: Visit) -> Visit:
        """Keep, each time so many statements were answered, whether nobody can read so fast."""
        now = self._clock()
        pace = visit.pace.after(now)
        if pace.count % _PACED == 0:
            self._store.answers_how(visit.respondent, hasty=pace.hasty(now))
        return replace(visit, pace=pace)

    def _leave(self, view: str, message: Message) -> None:
        self._visits.pop(view, None)

    # --------------------------------------------------------------------------- helpers

    def _opened(self, view: str, message: Message, answers: dict[str, str], fresh: bool) -> Reply:
        visit = self._visits[view]
        return {
            "type": "opened",
            "fresh": fresh,
            "code": visit.code,
            "answers": answers,
            "form": self._form(visit, message),
            "longest": LONGEST,
        }

    def _form(self, visit: Visit, message: Message) -> dict[str, Any]:
        language = self._spoken(message)
        return pages.form(self._engagement, visit.perspective, visit.unit, language)

    def _question(self, visit: Visit, key: object) -> Question | None:
        question = self._engagement.instrument.keys.get(key) if isinstance(key, str) else None
        asked = question is not None and visit.perspective in question.item.ask
        return question if asked else None

    def _closed(self) -> dt.date | None:
        return self._store.frozen(self._wave.id)

    def _spoken(self, message: Message) -> str:
        language = message.get("language")
        known = isinstance(language, str) and language in self._engagement.languages
        return str(language) if known else self._language

    def _words(self, message: Message) -> Any:
        return self._engagement.words(self._spoken(message))

    def _failed(self, message: Message, error: Exception) -> Reply:
        """What went wrong, in the respondent's words; a store's own words for whoever runs it."""
        w = self._words(message)
        detail = error.summary if isinstance(error, HrkitError) else type(error).__name__
        text = w("forms.refused.store", contact=pages.contact(self._engagement.consultant))
        with contextlib.suppress(StoreError):
            if self._closed():
                text, detail = w("forms.refused.closed"), ""
        if message.get("type") == "answer":
            return _error(message, text, detail)
        return {"type": "refused", "problems": {"all": text}, "detail": detail}


def _thought(was: object) -> tuple[str | None, ...] | None:
    """What a page thinks may stand; None where it does not say."""
    if not isinstance(was, list) or len(was) > _THOUGHTS:
        return None
    return tuple(one for one in was if one is None or isinstance(one, str))


def _saved(message: Message) -> Reply:
    return {"type": "saved", "key": message.get("key"), "stamp": message.get("stamp")}


def _error(message: Message, text: str, detail: str = "") -> Reply:
    return _saved(message) | {"type": "error", "message": text, "detail": detail}
