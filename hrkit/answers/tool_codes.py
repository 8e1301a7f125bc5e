r"""What a question and an answer are called in another program: one rule, for the way out and the way in.

A survey that the kit wrote for another program (`hrkit export`) asks each question under a code in
that program's own field for it: LimeSurvey's question code, XLSForm's *name*, Qualtrics' tag,
SurveyXact's variable name, REDCap's field.  No program takes ``matters.01:trust`` there, and
LimeSurvey takes twenty letters and digits at most.  So there is a code for each id, made by rule,
and whoever reads computes the codes of all ids again and looks the heading up among them.

*A question.*  Its key in small letters and digits alone: ``trust.01`` is ``trust01``, and
``matters.01:trust`` is ``matters01trust``.  Where it is asked once for each role, in the role's own
words, the role comes behind it: ``trust01leader``.  A code that would be longer than twenty, begin
with a digit, be a word of its own below or be another question's keeps its first letters and ends
in eight letters and digits that only this id has.

*About the person.*  ``perspective``, ``unit``, ``wave``, ``code``, ``tier``, ``pair``, ``language``;
and ``hrkit``, a hidden field whose one value is the engagement's id: a file with another is refused.

*An answer.*  In letters (`answer_codes`: LimeSurvey, XLSForm, REDCap; five characters at most) or in
numbers (`answer_numbers`: Qualtrics, SurveyXact, SPSS).  A rating is its own number.  "Don't know" is
``DK`` or ``0``, "not relevant" ``NR`` or ``9`` (the next that is free).  A category is
its own value where that fits; a unit, a role or a wave gets a code or a number made of its id alone,
never of its place in a list: a list that has grown moves nobody into another unit.  What is chosen
of a list is a question with an option each: ``matters01[trust]`` and the like.

The writers and the readers both import from here, so what one calls a thing the other finds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrkit.answers.ballots import answer_columns
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument, Scale
from hrkit.text import normal

__all__ = [
    "LONGEST",
    "MARK",
    "PERSON_CODES",
    "AskedAs",
    "QuestionCodes",
    "answer_codes",
    "answer_numbers",
    "bare",
    "id_codes",
    "id_numbers",
    "options_by_code",
]

#: Characters of a question's code, and of an answer's.
LONGEST, LONGEST_ANSWER = 20, 5
#: A column about the person, as the kit's readers know it, to its code in another program.
PERSON_CODES = {
    "code": "code",
    "wave": "wave",
    "unit": "unit",
    "perspective": "perspective",
    "level": "tier",
    "pair": "pair",
    "language": "language",
}
#: The hidden field that says for which engagement a survey was written.
MARK = "hrkit"
#: Between a question and one of its options: ``q[a]``, ``q/a``, ``q___a``, ``q_a``, ``q.a``, ``q#a``.
_OPTION = re.compile(r"(.+?)(?:\[|/|___|_|\.|#|:)([^\[\]]+)\]?")
_NUMBERS = {DONT_KNOW: ("0", "90", "900"), NOT_RELEVANT: ("9", "99", "999")}
_WAYS = {DONT_KNOW: "DK", NOT_RELEVANT: "NR"}


def bare(text: str) -> str:
    """Small letters and digits of a text; nothing else makes a difference in a code.

    >>> bare("Matters01[trust]") == bare("matters.01:trust")
    True
    """
    return "".join(sign for sign in normal(text) if sign.isascii() and sign.isalnum())


def _own(id: str, most: int, ends: int) -> str:
    """A code that only this id has: its first letters, and letters and digits made of the whole."""
    number = int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "big")
    made = ""
    for _ in range(ends):
        number, rest = divmod(number, 36)
        made += "0123456789abcdefghijklmnopqrstuvwxyz"[rest]
    first = bare(id)[: most - ends].lstrip("0123456789") or "q"
    return first + made


class AskedAs(NamedTuple):
    """A question as a column asks it: its key, and the role in whose words, if it says one."""

    key: str
    perspective: str = ""


class QuestionCodes:
    """The codes of all questions of an instrument, in both directions."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        columns = answer_columns(instrument)
        keys = dict.fromkeys((*instrument.keys, *columns))
        asked = [AskedAs(key) for key in keys]
        for key in keys:
            question = columns.get(key) or instrument.keys[key]
            asked += [AskedAs(key, who) for who in question.item.ask]
        wished: dict[str, list[AskedAs]] = {}
        for one in asked:
            wished.setdefault(bare(one.key) + bare(one.perspective), []).append(one)
        taken = {MARK, *PERSON_CODES, *PERSON_CODES.values()}
        self._codes: dict[AskedAs, str] = {}
        for code, ones in wished.items():
            fits = len(code) <= LONGEST and code[:1].isalpha() and code not in taken
            # A question's own code counts before what is a question and a role.
            keeps = [one for one in ones if not one.perspective] or ones
            for one in ones:
                alone = fits and len(keeps) == 1 and one is keeps[0]
                name = one.key + (f" {one.perspective}" if one.perspective else "")
                self._codes[one] = code if alone else _own(name, LONGEST, 8)
        self._asked = {code: one for one, code in self._codes.items()}

    def of(self, key: str, perspective: str = "") -> str:
        """The code of a question: as everybody is asked it, or as one role is.

        Raises
        ------
        KeyError
            If there is no such question, or it is not asked of this role.
        """
        return self._codes[AskedAs(key, perspective)]

    def items(self) -> Iterable[tuple[str, AskedAs]]:
        """Every code and what is asked under it."""
        return self._asked.items()

    def find(self, heading: str) -> AskedAs | None:
        """The question that another program's heading names by its code; None if it names none."""
        found = self._asked.get(bare(heading))
        if found is not None:
            return found
        parts = _OPTION.fullmatch(normal(heading))
        if parts is None:
            return None
        asked = self._asked.get(bare(parts[1]))
        question = self._instrument.keys.get(asked.key) if asked else None
        if asked is None or question is None or question.facet.scale.kind != "pick":
            return None
        option = options_by_code(question.facet.scale).get(bare(parts[2]))
        return AskedAs(f"{asked.key}:{option}", asked.perspective) if option else None


def id_codes(ids: Iterable[str]) -> Mapping[str, str]:
    """Id to a code of five letters and digits at most, made of the id alone.

    >>> id_codes(["hr", "leader", "no-need"])["hr"]
    'hr'
    """
    listed = tuple(ids)
    plain = [bare(id) for id in listed]
    found = {}
    for id, code in zip(listed, plain, strict=True):
        fits = id == code and len(code) <= LONGEST_ANSWER
        found[id] = code if fits and code.upper() not in _WAYS.values() else _own(id, 5, 3)
    doubled = {code for code in found.values() if list(found.values()).count(code) > 1}
    return {id: _own(f"{id} ", 5, 4) if code in doubled else code for id, code in found.items()}


def id_numbers(ids: Iterable[str]) -> Mapping[str, int]:
    """Id to a number of five digits, made of the id alone."""
    listed = tuple(ids)
    found = {id: _number(id) for id in listed}
    doubled = {n for n in found.values() if list(found.values()).count(n) > 1}
    return {id: _number(f"{id} ") if n in doubled else n for id, n in found.items()}


def _number(id: str) -> int:
    return 10_000 + int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big") % 90_000


def answer_codes(scale: Scale) -> Mapping[str, str]:
    """Stored value to its code in letters and digits; a rating is its own number.

    Options of a list to choose from have the codes of `id_codes` too.
    """
    values = [choice.value for choice in scale.choices]
    codes = dict(zip(values, values, strict=True)) if scale.kind == "rating" else id_codes(values)
    return {**codes, **{way.value: _WAYS[way.value] for way in scale.ways_out}}


def answer_numbers(scale: Scale) -> Mapping[str, str]:
    """Stored value to its number, nearly as on paper: categories and options in the order they stand.

    0 is "don't know" and 9 "not relevant" where the scale does not use these itself.
    """
    values = [choice.value for choice in scale.choices]
    own = scale.kind == "rating" or all(value.isdecimal() for value in values)
    found = {value: value if own else str(i) for i, value in enumerate(values, 1)}
    for way in scale.ways_out:
        taken = set(found.values())
        found[way.value] = next(one for one in _NUMBERS[way.value] if one not in taken)
    return found


def options_by_code(scale: Scale) -> Mapping[str, str]:
    """What may name an option in a heading, as `bare` writes it, to the option.

    Its id, its code, its number or its label in any language.
    """
    found: dict[str, str] = {}
    for choice in scale.choices:
        for text in choice.label.values():
            found[bare(text)] = choice.value
    found |= {number: option for option, number in answer_numbers(scale).items()}
    found |= {code: option for option, code in id_codes(scale.options).items()}
    return found | {bare(option): option for option in scale.options}
