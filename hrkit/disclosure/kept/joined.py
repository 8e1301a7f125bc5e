"""A wave with the rows of before among its own, so that the proofs know both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.kept.persons import Bools, Ints
from hrkit.disclosure.kept.versions import Versions
from hrkit.disclosure.wave import BLANK, IRRELEVANT, SILENT, WaveAnswers, ordering, taken

__all__ = ["joined_rows"]


def joined_rows(wave: WaveAnswers, before: Versions) -> tuple[WaveAnswers, tuple[Ints, ...], Bools]:
    """A wave with the rows of before, where each entry stands in it, and which rows are of now."""
    units, perspectives = list(wave.units), wave.perspectives
    place: dict[object, int] = {}
    for i in range(len(wave)):
        place.setdefault(_sign(wave, i), i)
    extra: list[tuple[int, int, str, str, npt.NDArray[np.int16]]] = []
    at = []
    for version in before.versions:
        columns = [wave.column.get(key, -1) for key in version.keys]
        codes = np.full((len(version.tokens), len(wave.keys)), BLANK, dtype=np.int16)
        for column, target in enumerate(columns):
            if target >= 0:
                codes[:, target] = version.codes[:, column]
        rows = np.full(len(version.tokens), -1, dtype=np.intp)
        for e in np.flatnonzero(version.known).tolist():
            unit, name, level = version.units[e], version.perspectives[e], version.levels[e]
            if name not in perspectives:
                continue
            sign = (version.tokens[e], unit, name, level, codes[e].tobytes())
            if sign not in place:
                place[sign] = len(wave) + len(extra)
                if unit not in units:
                    units.append(unit)
                extra.append(
                    (
                        units.index(unit),
                        perspectives.index(name),
                        level,
                        version.tokens[e],
                        codes[e],
                    )
                )
            rows[e] = place[sign]
        at.append(rows)
    levels = wave.level if wave.level is not None else np.full(len(wave), "", dtype=np.str_)
    said = np.array([row[4] for row in extra], dtype=np.int16).reshape(len(extra), len(wave.keys))
    given = said != BLANK
    # Those who went, or answered otherwise since, of one cell are an atom.
    atoms: dict[tuple[int, int, str], int] = {}
    first = int(wave.atom.max(initial=-1)) + 1
    joined = replace(
        wave,
        units=tuple(units),
        unit=np.concatenate([wave.unit, np.array([r[0] for r in extra], dtype=np.intp)]),
        perspective=np.concatenate(
            [wave.perspective, np.array([r[1] for r in extra], dtype=np.intp)]
        ),
        atom=np.concatenate(
            [
                wave.atom,
                np.array(
                    [first + atoms.setdefault(r[:3], len(atoms)) for r in extra], dtype=np.intp
                ),
            ]
        ),
        values=np.concatenate(
            [wave.values, np.where(np.isin(said, (BLANK, SILENT, IRRELEVANT)), np.nan, said)]
        ),
        given=np.concatenate([wave.given, given]),
        aside=None if wave.aside is None else np.concatenate([wave.aside, said == IRRELEVANT]),
        level=np.concatenate([levels, np.array([r[2] for r in extra], dtype=np.str_)]),
        token=(*wave.token, *(r[3] for r in extra)),
    )
    order = ordering(joined)
    new = np.empty(len(order), dtype=np.intp)
    new[order] = np.arange(len(order))
    moved = tuple(np.where(rows >= 0, new[rows], -1) for rows in at)
    current = order < len(wave)
    return taken(joined, order), moved, current


def _sign(wave: WaveAnswers, i: int) -> tuple[object, ...]:
    level = str(wave.level[i]) if wave.level is not None else ""
    return (
        wave.token[i],
        wave.units[wave.unit[i]],
        wave.perspectives[wave.perspective[i]],
        level,
        wave.codes[i].tobytes(),
    )
