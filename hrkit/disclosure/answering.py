"""How people answered, as far as it may be told: languages, signs of carelessness, means without them.

These are numbers of people like those of the turnout, and are told as cautiously:

* Of languages either everything is told or nothing: each language, and those of whom it is not
  known, is nobody or ten and more; where a group is not counted in the turnout nothing is, since
  the languages add up to everybody.
* Of signs a number from the threshold on, when as many bear none.
* A mean without the rows that bear signs from ten such rows and ten others in the group.  Who they
  are nobody outside can know; both parts are as large as a spread asks for.  Rows that are alike
  may be one person many times over, whose answers the difference would be: they do not count
  towards the ten.  It is proved beside all that is printed of the group (`together.beside`), and
  stays in that proof in later versions.
* Whether any level would change is one bit about five or more whom nobody can name; it is told
  from the threshold on, and of fewer nothing at all is said.
* Beside an earlier version each number is the same or differs by ten at least (by the threshold
  for signs); else it is withheld.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.released import Group, LanguageCount, Released, Sign, Without, tidy
from hrkit.disclosure.wave import PRESENCE, WaveAnswers
from hrkit.disclosure.why import Why

__all__ = ["Care", "care_of", "languages_of"]

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Care:
    """What is told of the care with which people answered."""

    signs: tuple[Sign, ...] = ()
    without: tuple[Without, ...] = ()
    levels_hold: bool | None = None


def _people(wave: WaveAnswers) -> frozenset[str]:
    """Tokens of those who count as having answered."""
    return frozenset(wave.token[i] for i in np.flatnonzero(wave.counted(PRESENCE)))


def _steady(now: int, then: int, least: int) -> bool:
    return now == then or abs(now - then) >= least


def languages_of(
    spoken: Mapping[str, str],
    wave: WaveAnswers,
    released: Released,
    before: Sequence[Released],
) -> tuple[LanguageCount, ...]:
    """How many answered in which language.

    Parameters
    ----------
    spoken
        Token to language, of those of whom it is known.
    wave
        As it counts.
    released
        The version otherwise: its thresholds and its turnout.
    before
        Earlier versions of the wave.
    """
    counts = Counter(spoken.get(who, "") for who in _people(wave))
    if not set(counts) - {""}:
        return ()
    if any(0 < n < released.details for n in counts.values()):
        return (LanguageCount("", Why.SMALL),)
    if any(one.answered is None for one in released.answering):
        return (LanguageCount("", Why.PROTECTED),)
    for version in before:
        then = {row.id: row.n for row in version.languages if row.n is not None}
        if then and not all(
            _steady(counts.get(id, 0), then.get(id) or 0, released.details)
            for id in {*counts, *then}
        ):
            return (LanguageCount("", Why.PROTECTED),)
    return tuple(
        LanguageCount(id, Why.SHOWN, counts[id])
        for id in sorted(counts, key=lambda id: (id == "", id))
    )


def care_of(
    marked: Mapping[str, frozenset[str]],
    wave: WaveAnswers,
    drafts: Mapping[str, Draft],
    released: Released,
    root: str,
    before: Sequence[Released],
    kinds: Sequence[str],
    beside: Callable[[Mapping[tuple[str, str], Bools]], Collection[tuple[str, str]]],
) -> Care:
    """What is told of signs of carelessness.

    Parameters
    ----------
    marked
        Token to the signs of its row.
    wave
        As it counts.
    drafts
        Measures with what was decided about them.
    released
        The version otherwise.
    root
        Unit that is the whole organisation.
    before
        Earlier versions of the wave.
    kinds
        The signs in their order.
    beside
        Of measures and groups with the rows that bear no sign, those whose mean may be shown beside
        everything else.
    """
    k, details = released.threshold, released.details
    people = _people(wave)
    if not people:
        return Care()

    def told(kind: str) -> int | None:
        n = sum(
            bool(marked.get(who)) if kind == "any" else kind in marked.get(who, ())
            for who in people
        )
        if 0 < n < k or 0 < len(people) - n < k:
            return None
        then = [s.n for v in before for s in v.signs if s.kind == kind and s.n is not None]
        return n if all(_steady(n, was, k) for was in then) else None

    signs = tuple(Sign(kind, told(kind)) for kind in ("any", *kinds))
    total = signs[0].n
    if not total or len(people) - total < details:
        return Care(signs)
    bare = np.array([not marked.get(who) for who in wave.token], dtype=bool)
    same = frozenset({"identical", "near"})
    own = np.array([not same & marked.get(t, frozenset()) for t in wave.token], dtype=bool)
    without: list[Without] = []
    bare_of: dict[tuple[str, str], Bools] = {}
    levels: list[bool] = []
    sensitive = dict(released.sensitive)
    for section in wave.instrument.dimensions:
        if section.id in sensitive:
            continue  # a mean without some of them is one more, of fewer
        draft = drafts[section.id]
        for group in released.groups:
            score = released.score(section.id, group.id, root)
            rows = draft.rows((root, group.id))
            rest = draft.measure.values[rows & bare]
            if score.mean is None or len(rest) < k:
                continue
            mean = tidy(float(rest.mean()))
            levels.append(_level(mean) == _level(score.mean))
            row = Without(section.id, group.id, len(rest), mean)
            # Where "at least so many" is said of the mean, the number of those without a sign would say more.
            large = (
                score.told is None and min(len(rest), int((rows & ~bare & own).sum())) >= details
            )
            if large and _follows(row, group, before, details):
                without.append(row)
                bare_of[section.id, group.id] = rows & bare
    stand = beside(bare_of) if bare_of else ()
    shown = tuple(row for row in without if (row.measure, row.group) in stand)
    return Care(signs, shown, all(levels) if levels else None)


def _level(mean: float) -> int:
    return math.floor(mean + 0.5)


def _follows(row: Without, group: Group, before: Sequence[Released], details: int) -> bool:
    for version in before:
        for then in version.without:
            if (then.measure, then.group) == (row.measure, row.group):
                same = (then.n, then.mean) == (row.n, row.mean)
                if not same and abs(then.n - row.n) < details:
                    return False
    return True
