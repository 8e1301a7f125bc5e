"""How people answered: the statements that many did not rate, and the languages they answered in."""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import COMPARED_FROM, LanguageCount, Why, comparable
from hrkit.model.instrument import Item
from hrkit.model.languages import languages as languages_of_kit
from hrkit.report.context import Context
from hrkit.report.sections.quality import quality
from hrkit.report.silence import Quiet, quiet
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["answering", "languages", "silences"]

#: So many statements are named.
_MOST = 12


def answering(ctx: Context) -> tuple[Block, ...]:
    """The page; nothing where the instrument offers one way out and no language is known."""
    parts = {"silence": _silence(ctx), "language": _languages(ctx)}
    told = [name for name, blocks in parts.items() if blocks]
    if not told:
        return ()
    w = ctx.words
    head = Heading(w("response.title"), new_page=True)
    told += ["care"] if _with_care(ctx) else []
    lead = Paragraph(w(f"response.lead.{'_'.join(told)}"), lead=True)
    return (head, lead, *(block for blocks in parts.values() for block in blocks))


def _with_care(ctx: Context) -> bool:
    """Whether the care people took is told beneath."""
    printed = any("quality" in sections for sections in ctx.profile["parts"].values())
    return printed and bool(quality(ctx))


def _all_quiet(ctx: Context) -> list[Quiet]:
    groups = [group.id for group in ctx.released.groups]
    found = [one for section in ctx.instrument.dimensions for one in quiet(ctx, section, groups)]
    return sorted(found, key=lambda one: -one.share)


def _quiet(ctx: Context) -> list[Quiet]:
    return _all_quiet(ctx)[:_MOST]


def _apart(ctx: Context) -> bool:
    """Whether any dimension offers both ways out."""
    facets = (section.score_facet for section in ctx.instrument.dimensions)
    return any(facet is not None and facet.scale.not_relevant for facet in facets)


def _silence(ctx: Context) -> list[Block]:
    if not _apart(ctx):
        return []
    w, found = ctx.words, _quiet(ctx)
    head = Heading(w("response.silence.title"), level=2)
    said = Paragraph(w("response.silence.two"))
    most = _unsaid(ctx)
    if not found:
        few = "few" if not most else "few_shown"
        return [head, said, *most, Paragraph(w(f"response.silence.{few}"))]
    rows = tuple(
        (
            ctx.wording(item).rstrip("."),
            ctx.label(group),
            *("–" if p is None else w.percent(p) for p in told),
        )
        for item, group, told in _told(ctx, found)
    )
    table = Table(
        (
            w("response.silence.statement"),
            w("response.silence.group"),
            *columns(ctx, "unknown", "aside"),
        ),
        rows,
        align=("left", "left", "right", "right"),
        widths=(5, 1.6, 1, 1),
        compact=True,
        summary=w("response.silence.title"),
    )
    note = w("response.silence.note", details=ctx.released.details)
    more = len(_told(ctx, _all_quiet(ctx))) - len(rows)
    if more:
        note += " " + w("response.silence.more", n=more)
    return [head, said, *most, table, Note(note)]


def _unsaid(ctx: Context) -> list[Block]:
    """Statements that most of a group could not rate, where not even the share may be shown."""
    lines = []
    for section in ctx.instrument.dimensions:
        for item in section.scored:
            groups = [
                group.id
                for group in ctx.released.groups
                if ctx.score(section.measure(item), group.id).why is Why.SILENT
            ]
            if groups:
                names = [ctx.in_text(group) for group in groups]
                who = names[0] if len(names) == 1 else ctx.words.join(names)
                said = ctx.words("response.silence.unsaid", item=ctx.wording(item), groups=who)
                lines.append(said)
    if not lines:
        return []
    return [Paragraph(ctx.words("response.silence.most")), Bullets(tuple(lines))]


def _told(ctx: Context, found: list[Quiet]) -> list[tuple[Item, str, tuple[float | None, ...]]]:
    """Each statement and group once, with the shares of both ways out."""
    rows = {}
    for one in found:
        row = ctx.released.silence(one.section.measure(one.item), one.group)
        rows[one.item.id, one.group] = (one.item, one.group, (row.dont_know, row.not_relevant))
    return list(rows.values())


def silences(ctx: Context) -> Worksheet | None:
    """The ways out that the page names."""
    if not _apart(ctx):
        return None
    w = ctx.words
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (ctx.wording(item).rstrip("."), ctx.label(group), *map(share, told))
        for item, group, told in _told(ctx, _quiet(ctx))
    )
    return Worksheet(
        w("appendix.sheet.silences"),
        w("appendix.title.silences"),
        columns(ctx, "statement", "perspective", "unknown", "aside"),
        rows,
    )


def _named(ctx: Context, row: LanguageCount) -> str:
    key = f"answers.languages.in_{row.id}"
    if not row.id:
        return ctx.words("response.language.unknown")
    return ctx.words(key) if key in ctx.words else languages_of_kit()[row.id].name


def _languages(ctx: Context) -> list[Block]:
    w, rows = ctx.words, ctx.released.languages
    if not rows:
        return []
    head = Heading(w("response.language.title"), level=2)
    if any(row.n is None for row in rows):
        said = w("response.language.hidden")
        return [head, Paragraph(said), Note(_compared(ctx))]
    known = [row for row in rows if row.id]
    if len(known) == 1:
        said = w("response.language.one", language=_named(ctx, known[0]))
        return [head, Paragraph(said)]
    table = Table(
        (w("response.language.name"), w("response.language.n")),
        tuple((_named(ctx, row), str(row.n)) for row in rows),
        align=("left", "right"),
        compact=True,
        summary=w("response.language.title"),
    )
    return [head, table, Note(_compared(ctx))]


def _compared(ctx: Context) -> str:
    w = ctx.words
    key = "possible" if comparable(ctx.released.languages) else "refused"
    return f"{w('response.language.note')} {w(f'response.language.{key}', n=COMPARED_FROM)}"


def languages(ctx: Context) -> Worksheet | None:
    """How many answered in which language, where the page says so."""
    rows = ctx.released.languages
    if len([row for row in rows if row.id]) < 2:
        return None
    w = ctx.words
    return Worksheet(
        w("appendix.sheet.languages"),
        w("appendix.title.languages"),
        (w("response.language.name"), *columns(ctx, "n")),
        tuple((_named(ctx, row), number(row.n, 0)) for row in rows),
    )
