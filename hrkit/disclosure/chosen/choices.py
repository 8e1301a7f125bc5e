"""Questions that have no mean: a wave's answers by choice as shares, and mere numbers of answers.

`shares` decides which categories of a table may be told apart; here tables are counted, put
beside what earlier versions showed, and written down as rows of `Released`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import inside
from hrkit.disclosure.chosen.joint import told_jointly
from hrkit.disclosure.chosen.shares import LEAST, may_follow, told, total_of
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions
from hrkit.disclosure.released import ALL, Count, Group, Share, Why, tidy
from hrkit.disclosure.wave import IRRELEVANT, SILENT, WaveAnswers
from hrkit.model.instrument import Question, Scale

__all__ = ["counts", "shares"]


def shares(
    wave: WaveAnswers,
    groups: tuple[Group, ...],
    details: Callable[[str], int],
    before: Versions = NONE_BEFORE,
    behind: int = LEAST,
) -> tuple[Share, ...]:
    """The shares of every question that is released so, by group and in all.

    Parameters
    ----------
    wave
        The answers.
    groups
        In which perspectives are reported.
    details
        Question to the fewest answers its table rests on.
    before
        Versions that were shown.
    behind
        The fewest people behind a printed share.
    """
    found: list[Share] = []
    for question in _released_as(wave, "shares"):
        names = _names(question.facet.scale)
        rows = [
            _row(wave, question, names, group, details(question.key), before, behind)
            for group in groups
            if set(group.perspectives) & set(question.item.ask)
        ]
        found += [*rows, *_total(question.key, names, rows)]
    return tuple(found)


def counts(
    wave: WaveAnswers,
    groups: tuple[Group, ...],
    least: Callable[[str], int],
    before: Versions = NONE_BEFORE,
) -> tuple[Count, ...]:
    """How many answered each question of which only that is released.

    ``least`` gives the fewest who are counted, by question.  Where somebody was erased it stays the
    number that was printed until it is as many away.
    """
    found = []
    for question in _released_as(wave, "counts"):
        k = least(question.key)
        for group in groups:
            if set(group.perspectives) & set(question.item.ask):
                rows = inside(wave, group) & wave.counted(question.key)
                n = int(wave.given[rows, wave.column[question.key]].sum())
                for version in before.versions:
                    for row in version.released.counts:
                        same = (row.measure, row.group) == (question.key, group.id)
                        if same and row.n is not None and 0 < abs(row.n - n) < k:
                            n = row.n
                found.append(Count(question.key, group.id, n if n == 0 or n >= k else None))
    return tuple(found)


def _names(scale: Scale) -> tuple[str, ...]:
    """The answers there can be; one that nobody could give would hide nobody."""
    return tuple(choice.value for choice in (*scale.choices, *scale.ways_out))


def _released_as(wave: WaveAnswers, release: str) -> Iterator[Question]:
    questions = wave.instrument.measured
    return (questions[key] for key in wave.keys if questions[key].facet.release == release)


def _row(
    wave: WaveAnswers,
    question: Question,
    names: tuple[str, ...],
    group: Group,
    details: int,
    before: Versions,
    behind: int,
) -> Share:
    place = _places(wave, question, group)
    # A "don't know" that the scale does not offer is no answer to it.
    place[place >= len(names)] = -1
    table = np.bincount(place[place >= 0], minlength=len(names)).tolist()
    if len(question.facet.made_of) == 2:
        found = told_jointly(*_rated(wave, question, place >= 0), details, behind)
    else:
        found = told(table, details, behind)
    if not found.shown:
        return Share(question.key, group.id, found.why)
    now = {wave.token[i]: int(place[i]) for i in np.flatnonzero(place >= 0)} if wave.token else {}
    for then in _shown_before(before, question, group, names):
        if then is None or not may_follow(now, then, len(names), details, behind):
            return Share(question.key, group.id, Why.PROTECTED)
    n = sum(table)
    return Share(
        question.key,
        group.id,
        Why.SHOWN,
        n,
        tuple(names[i] for i in found.alone),
        tuple(_share(table[i], n) for i in found.alone),
        tuple(names[i] for i in found.together),
        _share(sum(table[i] for i in found.together), n),
    )


def _places(wave: WaveAnswers, question: Question, group: Group) -> npt.NDArray[np.intp]:
    """Shape (R,): the place of what each of the group chose, ways out last; -1 for nothing."""
    scale, j = question.facet.scale, wave.column[question.key]
    chosen = np.array([_place(scale, code) for code in wave.codes[:, j].tolist()], dtype=np.intp)
    asked = inside(wave, group) & wave.given[:, j] & wave.asked[wave.perspective, j]
    asked &= wave.counted(question.key)
    return np.where(asked, chosen, -1).astype(np.intp)


def _rated(
    wave: WaveAnswers, question: Question, rows: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The two ratings of which a question is made, of some rows."""
    item, names = question.item, question.facet.made_of
    keys = [item.key(facet) for name in names for facet in item.facets if facet.id == name]
    first, second = (wave.values[rows, wave.column[key]] for key in keys)
    return first, second


def _place(scale: Scale, code: int) -> int:
    """The place of an answer, as it is held in a wave, among those there can be."""
    if code in (SILENT, IRRELEVANT):
        return len(scale.choices) + (code == IRRELEVANT)
    return code - (scale.low if scale.kind == "rating" else 0)


def _shown_before(
    before: Versions, question: Question, group: Group, names: tuple[str, ...]
) -> Iterator[Mapping[str, int] | None]:
    """Who had chosen what in each version that showed this table; None where that is not known any more."""
    for version in before.versions:
        if not version.released.share(question.key, group.id).shown:
            continue
        said = version.chosen(question.key, group.id)
        if said is None:
            yield None
        else:
            yield {who: _place(question.facet.scale, a) for who, a in said.items()}


def _share(count: int, n: int) -> float:
    return tidy(count / n, 2)


def _total(key: str, names: tuple[str, ...], rows: list[Share]) -> list[Share]:
    """The mean of the shown groups' printed shares; a row without shares where there are none."""
    shown = [row for row in rows if row.shown]
    if not shown:
        whys = {row.why for row in rows}
        order = (Why.PROTECTED, Why.SMALL, Why.NOBODY)
        return [Share(key, ALL, next((why for why in order if why in whys), Why.NOBODY))]
    found = total_of([dict(zip(r.values, r.shares, strict=True)) for r in shown], names)
    rest = tuple(name for name in names if name not in found)
    printed = {name: tidy(share, 2) for name, share in found.items()}
    return [
        Share(
            key,
            ALL,
            Why.SHOWN,
            sum(row.n or 0 for row in shown),
            tuple(printed),
            tuple(printed.values()),
            rest,
            max(0.0, tidy(1 - sum(found.values()), 2)) if rest else 0.0,
        )
    ]
