"""What runs through every page of a document: title, wave, marks, date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hrkit.blocks import DocumentInfo
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words, words
from hrkit.model.languages import codes, languages
from hrkit.report.context import Context
from hrkit.report.theme import theme

_PAGE = "report.page."

__all__ = [
    "confidentiality",
    "marks",
    "marks_of",
    "page_words",
    "page_words_in",
    "paper_info",
    "report_date",
    "subtitle",
    "title",
]


def title(ctx: Context) -> str:
    """The report's title: the engagement's own, that of the instrument's words, else its name."""
    own = ctx.engagement.report.title
    if own and ctx.language in own:
        return own[ctx.language]
    key = "report.cover.title"
    return ctx.words(key) if key in ctx.words else ctx.text(ctx.instrument.title)


def subtitle(ctx: Context) -> str:
    """What kind of measurement this is, and which wave."""
    name = ctx.wave.name.get(ctx.language) or next(iter(ctx.wave.name.values()))
    key = "report.cover.subtitle" if ctx.instrument.has_grid else "report.cover.other"
    return ctx.words(key, wave=name)


def confidentiality(ctx: Context) -> str:
    """The engagement's line of confidentiality, or the kit's."""
    own = ctx.engagement.report.confidentiality or {}
    return own.get(ctx.language) or ctx.words("report.cover.confidential")


def marks(ctx: Context) -> str:
    """SYNTHETIC, and PREVIEW or DRAFT, where they hold; printed on every page."""
    return marks_of(ctx.words, ctx.engagement.synthetic, ctx.released.state)


def marks_of(words: Words, synthetic: bool, state: str) -> str:
    """The marks of a release in some state; see `hrkit.disclosure.released.Released`."""
    held = (("synthetic", synthetic), (state, state in ("preview", "draft")))
    return " · ".join(words(f"report.cover.{name}") for name, holds in held if holds)


def page_words(words: Words) -> Mapping[str, str]:
    """What a document says by itself (`hrkit.blocks.DocumentInfo.words`): Contents, Page, Figure."""
    keys = [key for key in words.entries if key.startswith(_PAGE)]
    return {key.removeprefix(_PAGE): words(key, n="{n}") for key in keys}


def page_words_in(language: str) -> Mapping[str, str]:
    """The same for a notebook that is no report; nothing in a language the kit does not have."""
    return page_words(words(language)) if language in codes() else {}


def paper_info(
    engagement: Engagement, words: Words, name: str, day: dt.date, *, landscape: bool = False
) -> DocumentInfo:
    """Title, language, colours and running texts of a paper to write on; no release is behind it."""
    consultant = engagement.consultant
    look = theme(engagement.branding, engagement.instrument.people)
    return DocumentInfo(
        title=f"{name} – {engagement.client}",
        language=words.language,
        author=consultant.signature,
        client=engagement.client,
        stamp=day.isoformat(),
        primary=look.primary,
        accent=look.accent,
        paper=engagement.report.paper,
        landscape=landscape,
        header=name,
        footer=consultant.signature,
        mark=words("report.cover.synthetic") if engagement.synthetic else "",
        tag=languages()[words.language].tag,
        words=page_words(words),
    )


def report_date(ctx: Context) -> dt.date:
    """The engagement's report date; else the day the wave was frozen or closed; else today."""
    return ctx.engagement.report.date or ctx.released.frozen or ctx.wave.closes or dt.date.today()
