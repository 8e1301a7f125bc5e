"""Statements, pillars and dimensions that share questions are proved together, group by group.

Each measure is safe by itself (`proof.protect`); what all of them say together, with their
distributions, with the means of units and levels, and with everything that earlier versions
printed, is proved here (`proof.joint`), group by group: what is reckoned from several groups is
reckoned from printed numbers, and says nothing more.

What cannot stand is found by adding what would be printed in the order of its weight, and leaving
out what does not fit: the dimension carries the report, then its statements, its units, its
distributions, its levels of the chain, and last the pillars.  That is proved again before it is
printed.

In very large groups (`family`) only that counts of a distribution which answers nobody gave, and
what all answers sum to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.persons import families
from hrkit.disclosure.least import PLAIN, Least
from hrkit.disclosure.means import Bools, of_one_mind
from hrkit.disclosure.proof.joint import Proof
from hrkit.disclosure.proof.told import Printed
from hrkit.disclosure.released import Group
from hrkit.disclosure.together.family import MEAN, SPREAD, Family, Name
from hrkit.disclosure.together.knowing import knowing
from hrkit.disclosure.together.named import targets
from hrkit.model.engagement import Engagement

__all__ = ["Asked", "Hidden", "beside", "hidden_together", "spreads"]

#: What rests on a group's own spread.
_KINDS = ("distributions", "agreements", "own")


@dataclass(frozen=True)
class Asked:
    """What the measures of a wave are proved against."""

    engagement: Engagement
    groups: tuple[Group, ...]
    past: Past
    least: Least = PLAIN

    @property
    def insider(self) -> bool:
        """Whether readers may know one answer of every group."""
        return self.engagement.protection.insider

    @property
    def root(self) -> str:
        """The whole organisation."""
        return self.engagement.root.id

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """Unit to the units in it."""
        return {u.id: frozenset(self.engagement.within(u.id)) for u in self.engagement.units}


@dataclass(frozen=True)
class Hidden:
    """What has to be withheld so that the rest may stand together.

    Attributes
    ----------
    groups
        Measures and groups of which nothing may be shown.
    cells
        Measures and single cells: of a unit, or of a level.
    spreads
        Measures and groups whose distribution, and whatever else rests on their own spread, may
        not be shown.
    """

    groups: frozenset[tuple[str, str]] = frozenset()
    cells: frozenset[tuple[str, tuple[str, str]]] = frozenset()
    spreads: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.groups or self.cells or self.spreads)

    def __or__(self, other: Hidden) -> Hidden:
        return Hidden(
            self.groups | other.groups, self.cells | other.cells, self.spreads | other.spreads
        )

    @property
    def measures(self) -> frozenset[str]:
        """Measures of which anything is withheld."""
        return frozenset(name for name, _ in (*self.groups, *self.cells, *self.spreads))

    def closed(self, measure: str) -> frozenset[str | tuple[str, str]]:
        """Groups and cells of a measure that are withheld."""
        groups = {group for name, group in self.groups if name == measure}
        return frozenset(groups | {cell for name, cell in self.cells if name == measure})


def hidden_together(
    drafts: Mapping[str, Draft],
    asked: Asked,
    among: Collection[str] | None = None,
    hidden: Hidden = Hidden(),
) -> Hidden:
    """What has to be withheld so that the rest may stand together.

    Parameters
    ----------
    drafts
        Measure to what was decided about it alone.
    among
        Ask only about measures that share questions with these.
    hidden
        What is withheld already.
    """
    found = Hidden()
    own = spreads(drafts, asked)
    for family in families(asked.past.measures):
        if among is not None and not set(among) & set(family):
            continue
        for group in asked.groups:
            told = frozenset(
                name
                for name in family
                if (name, group.id) in own and (name, group.id) not in hidden.spreads
            )
            found |= _Together(family, group, drafts, asked, told).out()
    return found


def beside(
    bare: Mapping[tuple[str, str], Bools], drafts: Mapping[str, Draft], asked: Asked
) -> frozenset[tuple[str, str]]:
    """Which means without some rows can stand beside everything else that is printed.

    Who bears a sign nobody outside knows; a reader who did would have the mean of the others by
    taking one from the other, and with the means of units that of a few.

    Parameters
    ----------
    bare
        Measure and group to shape (R,): the rows without those that bear a sign.
    drafts
        Measure to what was decided, with everything else that is printed.
    """
    dimensions = {section.id for section in asked.engagement.instrument.dimensions}
    protection = asked.engagement.protection
    found: set[tuple[str, str]] = set()
    if asked.insider:
        return frozenset()  # to whoever knows of one row whether it counts, this would say more
    for names in families(asked.past.measures):
        for group in asked.groups:
            mine = [name for name in names if (name, group.id) in bare]
            if not mine:
                continue
            own = frozenset(n for n in names if (asked.root, group.id) in drafts[n].own)
            family = Family(
                names,
                group,
                drafts,
                asked.past,
                asked.root,
                own,
                frozenset(dimensions & set(names)),
            )
            others = [_fixed(row) for row in (*family.now(), *family.before())]
            fresh = [family.bare(n, np.flatnonzero(bare[n, group.id]).tolist()) for n in mine]
            known = {_said(row) for row in others}
            aims = targets(family, asked.within, asked.least.mean, ())
            proof = Proof(
                [*others, *fresh],
                aims,
                family.scale,
                truth=family.truth,
                large=protection.details,
            )
            gone = {row.name for row in fresh if _said(row) not in known}
            if not proof.narrow():
                gone.clear()
            for row in fresh:
                if row.name in gone and not proof.narrow(gone - {row.name}):
                    gone.discard(row.name)
            found |= {
                (n, group.id) for n, row in zip(mine, fresh, strict=True) if row.name not in gone
            }
    return frozenset(found)


def spreads(drafts: Mapping[str, Draft], asked: Asked) -> frozenset[tuple[str, str]]:
    """Measures and groups of which more than a mean might be printed: enough answers, enough changes."""
    past, root = asked.past, asked.root
    found = set()
    for name, draft in drafts.items():
        details = asked.least.more(name)
        for group in asked.groups:
            rows = draft.rows((root, group.id))
            if (root, group.id) not in draft.shown or int(rows.sum()) < details:
                continue
            now = inside(past.wave, group) & draft.measure.use
            if all(past.changes.settled(kind, name, group, now, details) for kind in _KINDS):
                found.add((name, group.id))
            # What was withheld of the same people stays so: it is the same version to a reader.
            v = len(past.versions) - 1
            if v >= 0 and past.shown(v, name, group.id):
                then = past.versions[v].group(group.id)
                same = then is not None and not any(past.changes.changed(v, name, then, now)[:2])
                if same and (name, group.id) not in past.versions[v].own:
                    found.discard((name, group.id))
            if _few_before(asked, name, group, now, details):
                found.discard((name, group.id))
    return frozenset(found)


def _few_before(asked: Asked, measure: str, group: Group, now: Bools, details: int) -> bool:
    """Whether a mean was shown of a part of these people that is too small for a spread.

    Eight whose mean is known and six who joined: how far all of them are spread says how far the
    eight can be.
    """
    past = asked.past
    for v, version in enumerate(past.versions):
        then = version.group(group.id)
        if then is None or not past.shown(v, measure, group.id):
            continue
        n = next(
            (
                s.n or 0
                for s in version.scores.get(measure, ())
                if (s.unit, s.group) == (asked.root, group.id)
            ),
            0,
        )
        if n < details and 0 < past.changes.changed(v, measure, then, now)[0] < details:
            return True
    return False


class _Together:
    """The measures that share questions, of one group."""

    def __init__(
        self,
        names: Sequence[str],
        group: Group,
        drafts: Mapping[str, Draft],
        asked: Asked,
        told: frozenset[str],
    ) -> None:
        dimensions = {section.id for section in asked.engagement.instrument.dimensions}
        self._family = Family(
            tuple(names),
            group,
            drafts,
            asked.past,
            asked.root,
            told,
            frozenset(dimensions & set(names)),
        )
        self._asked, self._drafts, self._group = asked, drafts, group

    def out(self) -> Hidden:
        """What cannot stand."""
        family = self._family
        now, before = list(family.now()), list(family.before())
        # What is out already, of the same people, says nothing new.
        out = {_said(row) for row in before}
        fresh = [row for row in now if _said(row) not in out]
        if not fresh or len({row.name for row in (*fresh, *before)}) < 2:
            return Hidden()
        rows = [*fresh, *(_fixed(row) for row in before)]
        protection = self._asked.engagement.protection
        aims = targets(family, self._asked.within, self._asked.least.mean, self._alike())
        names = list(dict.fromkeys(self._name(row) for row in fresh))
        left = names
        readers = knowing(rows, aims, family.truth, protection.details)
        for told, aimed in ((rows, aims), *(readers if self._asked.insider else ())):
            proof = Proof(told, aimed, family.scale, truth=family.truth, large=protection.details)
            left = self._standing(proof, left, set(names) - set(left))
        return self._hidden(set(names) - set(left))

    def _standing(self, proof: Proof, names: list[Name], out: set[Name]) -> list[Name]:
        """What can stand of what would be printed, without what is out already."""
        if not proof.narrow(out):
            return names
        kept: list[Name] = []

        def add(block: list[Name]) -> None:
            if not block:
                return
            gone = out | set(names) - set(kept) - set(block)
            if not proof.narrow(gone):
                kept.extend(block)
            elif len(block) > 1:
                half = len(block) // 2
                add(block[:half])
                add(block[half:])

        for block in self._blocks(names):
            add([name for name in block if self._carried(name, kept, names)])
        return kept

    @staticmethod
    def _name(row: Printed) -> Name:
        assert isinstance(row.name, tuple)
        kind, measure, unit, group = row.name
        return (kind, measure, unit, group)

    def _blocks(self, names: Sequence[Name]) -> Iterator[list[Name]]:
        """What would be printed, by weight."""
        family, root = self._family, self._asked.root
        whole = [n for n in names if n[0] == MEAN and n[2:] == (root, self._group.id)]
        yield [n for n in whole if n[1] in family.dimensions]
        yield [n for n in whole if n[1] in family.questions]
        yield [n for n in names if n[0] == MEAN and n[2] != root]
        yield [n for n in names if n[0] == SPREAD]
        yield [n for n in names if n[0] == MEAN and n[2] == root and n not in whole]
        yield [n for n in whole if n[1] not in family.dimensions and n[1] not in family.questions]

    def _carried(self, name: Name, kept: Sequence[Name], names: Sequence[Name]) -> bool:
        """Whether a mean of the whole organisation stands, without which nothing else does."""
        carrier = (MEAN, name[1], self._asked.root, self._group.id)
        return name == carrier or carrier in kept or carrier not in names

    def _hidden(self, gone: Collection[Name]) -> Hidden:
        root, group = self._asked.root, self._group.id
        return Hidden(
            frozenset((n[1], group) for n in gone if n[0] == MEAN and n[2:] == (root, group)),
            frozenset((n[1], n[2:]) for n in gone if n[0] == MEAN and n[2:] != (root, group)),
            frozenset((n[1], group) for n in gone if n[0] == SPREAD),
        )

    def _alike(self) -> list[str]:
        """Questions to which all gave the same answer, where that would be seen: at an end, or by the spread."""
        family, found = self._family, []
        cell = (self._asked.root, self._group.id)
        for key in family.questions:
            draft = self._drafts.get(key)
            if draft is None or cell in draft.shown:
                continue
            values = draft.measure.values[draft.rows(cell)]
            if not len(values):
                continue
            at_end = values.min() == values.max() and values[0] in family.scale
            details = self._asked.least.more(key)
            if at_end or (len(values) >= details and of_one_mind(values, 1 + self._asked.insider)):
                found.append(key)
        return found


def _said(row: Printed) -> object:
    # A sum by its bars is more than the mean of the same people.
    bars = isinstance(row.name, tuple) and row.name[0] == SPREAD
    return (row.about, row.ends[0][0], row.each, bars)


def _fixed(row: Printed) -> Printed:
    return Printed(row.weights, row.ends, None, row.version, row.each)
