"""What parties want otherwise than it is: the difference between how a task is and how it should be.

A wish is *alike* where two sheets or more name the same who decides and who carries out, and one of them at
least says that it is not so today; *apart* where they name others; *one* where a single party has said it.
Where all want what they say there is, nothing is printed.  What all want alike is the roadmap's first input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.blocks import Block, Heading, Paragraph, Table, b
from hrkit.report.context import Context
from hrkit.tools.blueprint.agreed import sheets
from hrkit.tools.blueprint.findings import Cells, Sheet, alone, deciders, doers
from hrkit.tools.blueprint.tasks import actors, named, tasks

__all__ = ["Wish", "wish_page", "wished", "wishes"]

#: Who decides, and who carries out.
_Parts = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a task.

    Attributes
    ----------
    kind
        ``alike``, ``apart`` or ``one``.
    said
        Party to who should decide and who should carry out.
    """

    task: str
    kind: str
    said: Mapping[str, _Parts]

    @property
    def parts(self) -> _Parts:
        """What all want, where it is alike."""
        return next(iter(self.said.values()))


def wishes(said: Mapping[str, Sheet], listed: Sequence[str]) -> tuple[Wish, ...]:
    """What sheets want otherwise than somebody says it is, task by task."""
    made = []
    for task in listed:
        wanted = {
            party: _parts(sheet[task, "wish"])
            for party, sheet in said.items()
            if (task, "wish") in sheet and any(_parts(sheet[task, "wish"]))
        }
        now = [_parts(sheet[task, "now"]) for sheet in said.values() if (task, "now") in sheet]
        if not wanted:
            continue
        if len(set(wanted.values())) > 1:
            kind = "apart"
        elif all(one == next(iter(wanted.values())) for one in now) and now:
            continue
        else:
            kind = "alike" if len(wanted) > 1 else "one"
        made.append(Wish(task, kind, wanted))
    return tuple(made)


def _parts(cells: Cells) -> _Parts:
    return deciders(cells), doers(cells)


def wished(ctx: Context) -> tuple[Wish, ...]:
    """What the sheets of this engagement want."""
    return wishes(sheets(ctx.records), [one.id for one in tasks(ctx.instrument, ctx.words)])


def wish_page(ctx: Context) -> tuple[Block, ...]:
    """A row a task that somebody wants otherwise: each party's change, and what the wishes show together."""
    found, w, said = wished(ctx), ctx.words, sheets(ctx.records)
    if not found:
        return ()
    names = {one.id: one.name for one in tasks(ctx.instrument, w)}
    rows = tuple(
        (
            (b(names[one.task]),),
            "\n".join(_line(ctx, party, said[party], one.task) for party in one.said),
            "\n".join(_shows(ctx, one, said)),
        )
        for one in found
    )
    return (
        Heading(w("blueprint.wish.title"), level=2),
        Paragraph(w("blueprint.wish.lead")),
        Table(
            (
                w("blueprint.column.task"),
                w("blueprint.wish.column"),
                w("blueprint.shows"),
            ),
            rows,
            widths=(1.7, 3.0, 2.3),
            compact=True,
            summary=w("blueprint.wish.title"),
        ),
    )


def _line(ctx: Context, party: str, sheet: Sheet, task: str) -> str:
    """What one party wants otherwise: from whom to whom; that it is to stay as it is."""
    w = ctx.words
    before, after = sheet.get((task, "now"), {}), sheet[task, "wish"]
    parts = []
    for name, who in (("decides", deciders), ("does", doers)):
        was, then = who(before), who(after)
        if was == then:
            continue
        new = _list(ctx, then)
        told = w("blueprint.wish.from", was=_list(ctx, was), then=new) if before else new
        parts.append(w(f"blueprint.compare.{name}", list=told))
    said = "; ".join(parts) or w("blueprint.wish.stays")
    return w("blueprint.wish.line", party=named(w, party), said=said)


def _shows(ctx: Context, one: Wish, said: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Whether the wishes agree, and what is wrong with a wish itself: that two would decide, or nobody."""
    w = ctx.words
    decides, does = one.parts
    together = {
        "alike": lambda: w(
            "blueprint.wish.alike",
            decides=_list(ctx, decides),
            does=_list(ctx, does),
        ),
        "apart": lambda: w("blueprint.wish.apart"),
        "one": lambda: w("blueprint.wish.one"),
    }[one.kind]()
    rules: dict[str, int] = {}
    for party in one.said:
        for rule in alone(said[party][one.task, "wish"]):
            rules[rule] = rules.get(rule, 0) + 1
    if "nobody-decides" in rules and rules.get("done-undecided") == rules["nobody-decides"]:
        del rules["nobody-decides"]
    return (
        together,
        *(w(f"blueprint.rule.{rule}", n=n, of=len(one.said)) for rule, n in rules.items()),
    )


def _list(ctx: Context, some: frozenset[str]) -> str:
    """Actors by name, in their order."""
    order = [one for one in actors(ctx.instrument) if one in some]
    return ", ".join(named(ctx.words, one) for one in order) or ctx.words("blueprint.wish.nobody")
