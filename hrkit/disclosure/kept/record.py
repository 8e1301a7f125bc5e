"""What the store keeps of a version, written and read.

`record` makes ``format`` 2:

``released``    the tables that were shown;
``tree``        unit to the unit above it (None for the whole), as it was then;
``invited``     unit, group and how many were invited, as it was written down then;
``thresholds``  ``scores`` and ``details``, which never sink after a version;
``keys``        question keys, the order of each person's ``answers``;
``measures``    pairs of a measure and its question keys, in the order of each person's ``counts``;
                the measure ``""`` stands for having answered at all;
``own``         measures and groups whose intervals, distributions or tests rest on the group's own
                spread;
``sides``       measure to group to mean, standard error, degrees of freedom and n in the whole
                organisation: what a later wave is compared with;
``people``      while the wave is open: ``id`` (the token), ``unit``, ``perspective``, ``level``,
                ``answers`` (codes in the order of keys: a number, ``.`` for a blank, ``?`` for
                "don't know", ``-`` for "not relevant") and ``counts`` (one sign a measure: 1 had a value, 2 counted without
                one, 0 did not count), and ``marked`` where the row bore a sign of carelessness and
                means without such rows were shown.  Who waits on some measures stands there twice.

When somebody is erased, their entries go altogether: the numbers of answers that were printed say
how many are missing, and that is enough.  When a wave is frozen, ``people`` and ``keys`` go.  Where an
import was undone or the wave was purged, ``undone`` lists the perspectives of those who went.

Format 1 kept no tree: units are then read with today's, but only where it gives the numbers of
answers and the means that were printed; elsewhere nothing is shown about units any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.answers.codes import token as token_of
from hrkit.disclosure.cells import inside
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.kept.versions import VALID, WITHOUT, Version, Versions
from hrkit.disclosure.released import Released
from hrkit.disclosure.wave import BLANK, IRRELEVANT, PRESENCE, SILENT, WaveAnswers

__all__ = ["FORMAT", "record", "versions_of"]

#: The format of what `record` makes.
FORMAT = 2

#: Signs for a blank, a "don't know" and a "not relevant" among kept answers.
_SIGNS = {".": BLANK, "?": SILENT, "-": IRRELEVANT}

#: Intervals of format 1 rested on a group's own spread from so many answers.
_OWN_FROM = 10


def versions_of(
    kept: Sequence[Mapping[str, Any]], measures: Mapping[str, tuple[str, ...]]
) -> Versions:
    """Versions from what the store keeps of them (see the module).

    Parameters
    ----------
    kept
        Records, oldest first; those without ``released`` are no versions.
    measures
        Measure to its question keys, for records that do not say.
    """
    return Versions(tuple(_version(one, measures) for one in kept if "released" in one))


def _version(one: Mapping[str, Any], measures: Mapping[str, tuple[str, ...]]) -> Version:
    released = from_snapshot(one["released"])
    keys, people = tuple(one.get("keys", ())), one.get("people", ())
    codes = np.full((len(people), len(keys)), BLANK, dtype=np.int16)
    for e, raw in enumerate(people):
        if raw["answers"]:
            codes[e] = [_SIGNS[a] if a in _SIGNS else int(a) for a in raw["answers"].split(" ")]
    first = one.get("format", 1) == 1
    if first:
        names = list(one.get("measures", ()))
        of = dict(measures)
        signs = [raw["valid"].replace("0", "2") for raw in people]
        tokens = [token_of(raw["key"]) if raw["key"] else f"? {raw['id']}" for raw in people]
        own = {
            (s.measure, s.group)
            for s in released.scores
            if s.shown and "/" not in s.group and (s.n or 0) >= _OWN_FROM
        }
    else:
        of = {name: tuple(its) for name, its in one["measures"]}
        names = list(of)
        signs = [raw["counts"] for raw in people]
        tokens = [raw["id"] for raw in people]
        own = {(measure, group) for measure, group in one["own"]}
    table = np.array([[int(c) for c in line] for line in signs], dtype=np.int8)
    table = table.reshape(len(people), len(names))
    counts = {name: table[:, m] for m, name in enumerate(names)}
    if first:
        counts[PRESENCE] = np.ones(len(people), dtype=np.int8)
    return Version(
        released=released,
        tree=None if first else dict(one["tree"]),
        measures=of,
        keys=keys,
        tokens=tuple(tokens),
        units=tuple(raw["unit"] for raw in people),
        perspectives=tuple(raw["perspective"] for raw in people),
        levels=tuple(raw["level"] or "" for raw in people),
        codes=codes,
        known=np.array([bool(raw["answers"]) for raw in people], dtype=bool),
        counts=counts,
        own=frozenset(own),
        invited={(u, g): n for u, g, n in one["invited"]} if "invited" in one else None,
        marked=np.array([bool(raw.get("marked")) for raw in people], dtype=bool),
        undone=frozenset(one.get("undone", ())),
    )


def record(
    released: Released,
    wave: WaveAnswers,
    *,
    tree: Mapping[str, str | None],
    measures: Mapping[str, tuple[str, ...]],
    valid: Mapping[str, npt.NDArray[np.bool_]],
    own: frozenset[tuple[str, str]],
    sides: Mapping[str, Mapping[str, Sequence[float]]],
    invited: Mapping[tuple[str, str], int | None],
    marked: Collection[str] = (),
) -> dict[str, Any]:
    """What the store keeps of a version; see the module.

    ``valid`` maps each measure to shape (R,): who had a value in it; ``marked`` are the tokens of
    rows that bear a sign.
    """
    names = [PRESENCE, *measures]
    used = np.stack([wave.counted(name) for name in names], axis=1)
    good = np.stack([np.ones(len(wave), dtype=bool), *(valid[name] for name in measures)], axis=1)
    # Only people of groups that are reported can count.
    member = np.zeros(len(wave), dtype=bool)
    for group in released.groups:
        member |= inside(wave, group)
    signs = np.where(used & member[:, None], np.where(good, VALID, WITHOUT), 0)
    levels = wave.level if wave.level is not None else np.full(len(wave), "")
    back = {code: sign for sign, code in _SIGNS.items()}
    people = [
        {
            "id": wave.token[i],
            "unit": wave.units[wave.unit[i]],
            "perspective": wave.perspectives[wave.perspective[i]],
            "level": str(levels[i]),
            "answers": " ".join(back.get(code, str(code)) for code in wave.codes[i].tolist()),
            "counts": "".join(map(str, signs[i].tolist())),
            **({"marked": True} if released.without and wave.token[i] in marked else {}),
        }
        for i in np.flatnonzero(signs.any(axis=1)).tolist()
    ]
    people.sort(key=lambda person: (person["id"], person["answers"], person["counts"]))
    return {
        "format": FORMAT,
        "released": to_snapshot(released),
        "tree": dict(tree),
        "invited": sorted([u, g, n] for (u, g), n in invited.items() if n is not None),
        "thresholds": {"scores": released.threshold, "details": released.details},
        "keys": list(wave.keys),
        "measures": [[PRESENCE, []], *([name, list(keys)] for name, keys in measures.items())],
        "own": sorted([measure, group] for measure, group in own),
        "sides": {m: {g: list(line) for g, line in by.items()} for m, by in sides.items()},
        "people": people,
    }
