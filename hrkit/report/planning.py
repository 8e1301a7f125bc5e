"""What could be seen with the people who are invited, in the engagement's language.

Plain lines for a terminal: a table with a column for every assumed response, and below it which
units will have no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrkit.disclosure.derived.gaps import sides_of
from hrkit.disclosure.derived.planned import spread
from hrkit.disclosure.derived.planned_choice import Choosing
from hrkit.disclosure.derived.seen import Outlook, Seen
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.model.told import sensitive_parts

__all__ = ["told"]

#: Width of the first column: what a line is about.
_LABEL = 58
_CELL = 9

Line = tuple[str, tuple[str, ...]]


def told(
    engagement: Engagement,
    wave: str,
    found: Sequence[Outlook],
    words: Words,
    choice: Choosing | None = None,
) -> str:
    """Everything `hrkit.disclosure.derived.planned` found, as lines of text.

    Parameters
    ----------
    engagement
        With the units of the wave.
    wave
        Id of the wave.
    found
        Of each assumed response, the largest last.
    words
        In whose language.
    choice
        What could be shown of what is chosen of a list; None where nothing is.
    """
    names = engagement.wave(wave).name
    about = {
        "client": engagement.client,
        "wave": names.get(words.language) or next(iter(names.values())),
    }
    told = _Telling(engagement, found, words, choice)
    return "\n".join((words("plan.title", **about), "", *told.lines()))


class _Telling:
    """The lines of one plan."""

    def __init__(
        self,
        engagement: Engagement,
        found: Sequence[Outlook],
        words: Words,
        choice: Choosing | None,
    ) -> None:
        self._engagement, self._found, self._w = engagement, found, words
        self._choice = choice
        self._groups = {g.id: g.perspectives for one in found for g in one.groups}
        self._order = [p for p in engagement.instrument.perspectives if p in self._groups]

    def lines(self) -> list[str]:
        dimensions = bool(self._engagement.instrument.dimensions)
        return [
            *([self._assumed(), ""] if dimensions else []),
            *self._answers(),
            *(self._differences() if dimensions else []),
            *self._chosen(),
            *self._small(),
        ]

    def _name(self, group: str, form: str = "label") -> str:
        people = self._engagement.instrument.people
        return people.name(self._groups[group], form, self._w.language)

    def _assumed(self) -> str:
        facet = self._engagement.instrument.dimensions[0].score_facet
        assert facet is not None  # a dimension has one by definition
        sd = self._w.number(spread(self._engagement))
        return self._w("plan.assumed", sd=sd, low=facet.scale.low, high=facet.scale.high)

    def _table(self, title: str, rows: Sequence[Line]) -> list[str]:
        return [title, *(self._row(label, cells) for label, cells in rows), ""] if rows else []

    def _row(self, label: str, cells: Sequence[str]) -> str:
        # A long label keeps its words; the figures then stand on a line of their own.
        head = f"  {label}"
        start = head.ljust(_LABEL) if len(head) < _LABEL else f"{head}\n{'':<{_LABEL}}"
        return start + "".join(cell.rjust(_CELL) for cell in cells)

    def _cells(self, of: Callable[[Outlook], str | None]) -> tuple[str, ...]:
        return self._cells_of([of(one) for one in self._found])

    def _answers(self) -> list[str]:
        w, protection = self._w, self._engagement.protection
        root = self._engagement.root.id
        signs: set[str] = set()

        def cell(one: Outlook, group: str) -> str | None:
            if all(g.id != group for g in one.groups):
                return None
            n = one.n(root, group)
            sign = "few" if n < protection.scores else "plain" if n < protection.details else ""
            signs.add(sign)
            return f"({n})" if sign == "few" else f"{n}*" if sign == "plain" else f"{n} "

        rows = [
            (self._name(group), self._cells(lambda one, g=group: cell(one, g)))  # type: ignore[misc]
            for group in self._order
        ]
        heads = tuple(
            w("plan.all") + " " if one.response >= 1 else w.percent(one.response) + " "
            for one in self._found
        )
        top = w("plan.answers.title").ljust(_LABEL) + "".join(head.rjust(_CELL) for head in heads)
        notes = [
            w(f"plan.answers.{sign}", n="n", k=protection.scores, details=protection.details)
            for sign in ("few", "plain")
            if sign in signs
        ]
        notes += self._pooled()
        notes += [
            w("forms.welcome.groups.sensitive", name=name, n=n)
            for name, n in sensitive_parts(self._engagement.instrument, w.language)
            if n > protection.scores
        ]
        asked = self._engagement.instrument.perspectives
        known = {p for members in self._groups.values() for p in members}
        missing = [p for p in asked if p not in known]
        if missing:
            people = self._engagement.instrument.people
            labels = [str(people.name((p,), "label", w.language)) for p in missing]
            notes.append(w("plan.answers.unknown", list=w.join(labels)))
        return [*self._table(top, rows), *notes, *([""] if notes else [])]

    def _pooled(self) -> list[str]:
        """At which responses perspectives would be reported together, since one alone is too small."""
        w, people = self._w, self._engagement.instrument.people
        at: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for one in self._found:
            share = w("plan.all") if one.response >= 1 else w.percent(one.response)
            for group in one.groups:
                if len(group.perspectives) > 1:
                    at.setdefault((group.id, group.perspectives), []).append(share)
        return [
            w(
                "plan.answers.pooled",
                shares=w.join(shares),
                groups=w.join([str(people.name((p,), "label", w.language)) for p in members]),
                name=people.name(members, "label", w.language),
            )
            for (_, members), shares in at.items()
        ]

    def _differences(self) -> list[str]:
        w, lines = self._w, []
        sides = sides_of(self._engagement.instrument, self._found[-1].groups)
        if len(sides) == 2:
            first, second = (self._name(side, "in_text") for side in sides)
            title = w("plan.gap.title", first=first, second=second)
            if any(one.gap for one in self._found):
                lines += self._table(title, self._seen(lambda one: one.gap))
            else:
                lines += [w("plan.gap.none"), ""]
        for group in self._order:
            if any(group in one.changes for one in self._found):
                title = w("plan.change.title", group=self._name(group, "in_text"))
                rows = self._seen(lambda one, g=group: one.changes.get(g))  # type: ignore[misc]
                lines += self._table(title, rows)
        return [*lines, *self._table(w("plan.level.title"), self._levels()), *self._units()]

    def _seen(self, of: Callable[[Outlook], Seen | None]) -> list[Line]:
        w = self._w

        def cell(one: Outlook, name: str) -> str | None:
            seen = of(one)
            value = getattr(seen, name) if seen else None
            return None if value is None else w.number(value) + " "

        return [
            (w(f"plan.seen.{name}"), self._cells(lambda one, n=name: cell(one, n)))  # type: ignore[misc]
            for name in ("named", "clear", "found")
        ]

    def _levels(self) -> list[Line]:
        w, rows = self._w, []
        for group in self._order:
            by = [next((x for x in one.levels if x.group == group), None) for one in self._found]
            if not any(by):
                continue
            halves = tuple(f"±{w.number(x.half)} " if x else w("plan.none") + " " for x in by)
            bands = tuple(
                (str(x.most) if x.fewest == x.most else f"{x.fewest}–{x.most}") + " "
                if x
                else w("plan.none") + " "
                for x in by
            )
            name = self._name(group)
            rows.append((w("plan.level.half", group=name), halves))
            rows.append((w("plan.level.band", group=name), bands))
        return rows

    def _units(self) -> list[str]:
        w = self._w
        if not any(one.units for one in self._found):
            return []
        sides = sides_of(self._engagement.instrument, self._found[-1].groups)
        group = sides[0] if sides else self._order[0]
        rows = [
            (
                w(f"plan.units.{name}"),
                self._cells(
                    lambda one, i=i: w.number(one.units[i].named) + " " if one.units else None  # type: ignore[misc]
                ),
            )
            for i, name in enumerate(("large", "small"))
        ]
        return self._table(w("plan.units.title", group=self._name(group, "in_text")), rows)

    def _chosen(self) -> list[str]:
        """From how many people a choice of so many of a list is shown, and how much of it."""
        w, choice = self._w, self._choice
        if choice is None:
            return []
        rows: list[Line] = []
        for one in choice.groups:
            of = {"group": self._name(one.group), "count": choice.options}
            shown = [None if s is None else f"{round(100 * s)} " for s in one.shown]
            alone = [None if a is None else f"{w.number(a)} " for a in one.alone]
            rows.append((w("plan.choice.shown", **of), self._cells_of(shown)))
            if any(alone):
                rows.append((w("plan.choice.alone", **of), self._cells_of(alone)))
        up_to = "_at_most" if choice.at_most else ""
        many = choice.at_most or choice.exactly
        title = w(f"plan.choice.title{up_to}", k=many, count=choice.options)
        said = w(f"plan.choice.assumed{up_to}", details=choice.details, times=choice.times)
        whole = [w("plan.choice.whole", whole=choice.whole)] if choice.whole else []
        return [*self._table(title, rows)[:-1], " ".join((said, *whole)), ""] if rows else []

    def _cells_of(self, values: Sequence[str | None]) -> tuple[str, ...]:
        return tuple(value or self._w("plan.none") + " " for value in values)

    def _small(self) -> list[str]:
        """Which units will have no figure of a group, or only if enough answer."""
        w, k = self._w, self._engagement.protection.scores
        root, lines = self._engagement.root.id, []
        names = {unit.id: unit.name for unit in self._engagement.units}
        for group in self._order:
            by: dict[float, list[str]] = {}
            for unit in names:
                if unit == root or not self._found[-1].n(unit, group):
                    continue
                at = next((o.response for o in self._found if o.n(unit, group) >= k), 2.0)
                by.setdefault(at, []).append(names[unit])
            for at, found in sorted(by.items()):
                if at == self._found[0].response:
                    continue
                key = "never" if at > 1 else "from_all" if at == 1 else "from_share"
                fields = {"share": w.percent(at)} if key == "from_share" else {}
                said = {"group": self._name(group), "list": w.join(found)}
                lines.append(w(f"plan.units.{key}", **said, **fields))
        return [*lines, *self._sensitive(names)]

    def _sensitive(self, names: Mapping[str, str]) -> list[str]:
        """Where something sensitive will have a figure at most, the whole among the units."""
        w, last, lines = self._w, self._found[-1], []
        for group in self._order:
            parts = {
                part: n
                for name in self._groups[group]
                for part, n in sensitive_parts(self._engagement.instrument, w.language, name)
                if n > self._engagement.protection.scores
            }
            for part, n in parts.items():
                said = {"group": self._name(group), "name": part, "n": n}
                where = [named for unit, named in names.items() if last.n(unit, group) >= n]
                key = "sensitive" if where else "sensitive_never"
                lines.append(
                    w(f"plan.units.{key}", **said, **({"list": w.join(where)} if where else {}))
                )
        return lines
