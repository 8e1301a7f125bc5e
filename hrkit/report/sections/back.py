"""Method, limits and sources: what was really done, in words a client can check."""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    Together,
    b,
)
from hrkit.disclosure.released import ALL, Why
from hrkit.model.told import sensitive_parts
from hrkit.report.context import Context
from hrkit.report.sections.questions import questions_unanswered
from hrkit.report.sections.read_out import lists
from hrkit.report.sections.response import in_profile, turnout_table

__all__ = ["method", "sources"]


def method(ctx: Context) -> tuple[Block, ...]:
    """The method page, made from what was asked, shown and withheld here."""
    w, instrument = ctx.words, ctx.instrument
    about = {"k": ctx.released.threshold, "details": ctx.released.details}
    sided = bool(instrument.sides)

    def part(name: str, *texts: str) -> list[Block]:
        return [Heading(w(f"report.method.{name}_title"), level=2), *(Paragraph(t) for t in texts)]

    asked = (
        _asked(ctx)
        if not instrument.dimensions
        else w(
            "report.method.asked",
            instrument=ctx.text(instrument.title),
            version=instrument.version,
            items=sum(len(s.items) + bool(s.importance) for s in instrument.dimensions)
            + bool(instrument.ballot),
            n=len(instrument.dimensions),
        )
    )
    told = in_profile(ctx) and bool(turnout_table(ctx))
    # It follows on the page before it, as far as there is room: no page for its last lines.
    blocks: list[Block] = [Heading(w("report.method.title"))]
    # In one frame: two would push a short report's last lines onto a page of their own.
    notices = [w("report.method.synthetic")] if ctx.engagement.synthetic else []
    notices += [w("report.method.draft")] if ctx.released.draft else []
    if notices:
        blocks.append(Callout(" ".join(notices), "warning"))
    if ctx.released.waiting:
        # Not how many: that would count a few.
        blocks.append(Callout(w("report.method.waiting")))
    blocks += part("asked", asked)
    open_questions = questions_unanswered(ctx) if lists(ctx, "questions") else ()
    if open_questions:
        names = tuple(dict.fromkeys(ctx.wording(q.item) for q in open_questions))
        blocks += [Paragraph(w("general.texts_too")), Bullets(names), Note(w("general.texts_none"))]
    blocks += () if told else turnout_table(ctx)
    how = _how(ctx)
    how += [w("report.method.gaps")] if sided else []
    if instrument.has_grid:
        how.append(w("report.method.levels", n=len(instrument.dimensions)))
    if any(s.units for s in ctx.released.scores):
        how.append(w("report.method.clusters"))
    blocks += part("scores", *how) if how else []
    blocks += part(
        "protect",
        w(
            "report.method.protect_insider" if ctx.released.insider else "report.method.protect",
            **about,
        )
        + " "
        + _withheld(ctx),
        *_sensitive(ctx),
        *_pooled(ctx),
    )
    blocks += _reliability(ctx) if instrument.dimensions else []
    blocks += part("limits", *_limits(ctx))
    return tuple(blocks)


def _sensitive(ctx: Context) -> list[str]:
    """What needed more answers than everything else, as it was when it was shown."""
    held = dict(ctx.released.sensitive)
    named = sensitive_parts(ctx.instrument, ctx.language) if held else ()
    return [
        ctx.words("report.method.sensitive", name=name, n=n)
        for name, n in named
        if n > ctx.released.threshold
    ]


def _asked(ctx: Context) -> str:
    """What an instrument without dimensions asks."""
    instrument = ctx.instrument
    return ctx.words(
        "general.method.asked",
        instrument=ctx.text(instrument.title),
        version=instrument.version,
        n=len(instrument.keys),
    )


def _how(ctx: Context) -> list[str]:
    """How scores, means and shares come about, as far as there are any."""
    w, means = ctx.words, any(q.facet.release == "means" for q in ctx.instrument.questions())
    how = [w("report.method.scores")] if ctx.instrument.dimensions else []
    how += [w("general.method.means")] if means and not ctx.instrument.dimensions else []
    how += [w("report.method.interval")] if means else []
    if ctx.released.shares:
        how.append(w("general.method.shares", details=ctx.released.details))
    return how


def _limits(ctx: Context) -> tuple[str, ...]:
    """Nothing of the kit's own is called validated; about a client's instrument nothing is claimed."""
    new = (ctx.words("report.method.limits_new"),) if ctx.instrument.speaks else ()
    return (*new, ctx.words("report.method.limits"))


#: What has no figure for another reason than that somebody's answers could be worked out.
_NOT_HIDDEN = (Why.SHOWN, Why.NOBODY, Why.FEW, Why.ONE_SIDED, Why.DIVIDED, Why.ALONE)


def _withheld(ctx: Context) -> str:
    released = ctx.released
    whys = [s.why for s in released.scores] + [g.why for g in released.gaps]
    whys += [s.why for s in released.shares if s.group != ALL]
    whys += [b.why for b in released.ballots if b.group != ALL]
    hidden = [why for why in whys if why not in _NOT_HIDDEN]
    if not hidden:
        return ctx.words("report.method.withheld_none")
    return ctx.words("report.method.withheld", n=len(hidden))


def _pooled(ctx: Context) -> list[str]:
    return [
        ctx.words(
            "report.method.pooled",
            name=ctx.label(group.id),
            groups=ctx.words.join([ctx.perspective(p) for p in group.perspectives]),
        )
        for group in ctx.released.groups
        if len(group.perspectives) > 1
    ]


def _reliability(ctx: Context) -> list[Block]:
    w = ctx.words
    head = Heading(w("report.method.reliability_title"), level=2)
    found = {r.measure: r for r in ctx.released.reliability if r.group == ALL}
    if not found:
        return [head, Paragraph(w("report.method.reliability_few"))]
    rows = tuple(
        (
            ctx.name(s),
            str(one.n),
            w.number(one.alpha, 2),
            f"{w.number(one.low, 2)}–{w.number(one.high, 2)}",
            w.number(one.omega, 2) if one.omega is not None else "–",
        )
        for s in ctx.instrument.dimensions
        if (one := found.get(s.id))
    )
    columns = (w("report.profile.dimension"), "n", "α", w("report.method.interval_column"), "ω")
    table = Table(
        columns,
        rows,
        align=("left", "right", "right", "right", "right"),
        widths=(3, 1, 1, 1.5, 1),
        compact=True,
        summary=w("report.method.reliability_title"),
    )
    return [head, table, Note(w("report.method.reliability"))]


def sources(ctx: Context) -> tuple[Block, ...]:
    """The texts the instrument draws on."""
    lines: list[Span] = []
    for ref in ctx.instrument.sources:
        text = _source(ctx, ref)
        lines += [
            *([Span("\n")] if lines else []),
            *(text if isinstance(text, tuple) else (Span(text),)),
        ]
    # Whose wording a client's own instrument is, its file does not say.
    intro = "intro" if ctx.instrument.speaks else "intro_own"
    note = Note((Span(ctx.words(f"report.sources.{intro}") + "\n"), *lines))
    return (Together((Heading(ctx.words("report.sources.title"), level=1), note)),)


def _source(ctx: Context, ref: str) -> Text:
    author = ctx.instrument.sources[ref].get("author")
    named = (b(f"{ref} "),) if ctx.cited(ref) else ()
    return (*named, Span(f"{ctx.source(ref)}."), *((Span(f" {author}."),) if author else ()))
