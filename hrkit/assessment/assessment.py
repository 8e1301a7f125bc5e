"""The façade a notebook uses: ``hrkit.assess(folder)`` and then one part of the report a cell.

An assessment holds released tables and what is needed to put them on a page.  Showing a part
returns blocks that display themselves as HTML and carry their JSON for the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from hrkit.assessment.about import about
from hrkit.assessment.edited import check_texts, with_text
from hrkit.assessment.job import job_of
from hrkit.assessment.parts import OPENLY, first_of, parts_of, release_of
from hrkit.assessment.profile import load_profile
from hrkit.blocks import Block, DocumentInfo, Heading, plain
from hrkit.blocks.shown import Shown, ordered
from hrkit.blocks.slides import Slide
from hrkit.blocks.worksheets import Worksheet, workbook
from hrkit.disclosure.kept.basis import digest_of, settings_digest
from hrkit.disclosure.released import ComparedWith, Released
from hrkit.errors import EngagementError, HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.language import known as known_language
from hrkit.model.languages import languages
from hrkit.model.settings import as_asked, as_of
from hrkit.records.store import overlay, records_of
from hrkit.report.action_files import library
from hrkit.report.context import Context
from hrkit.report.followed import still_advised
from hrkit.report.running import confidentiality, marks, page_words, report_date, subtitle, title
from hrkit.report.slides import deck
from hrkit.report.theme import theme
from hrkit.tools import FLAT, SECTIONS, sheets_of, steps_of

__all__ = ["Assessment", "as_it_was", "assess"]


@dataclass(frozen=True)
class Assessment:
    """A released wave and the report that is made of it.

    ``profile`` is the name of the report profile.
    """

    context: Context
    profile: str = ""

    @property
    def engagement(self) -> Engagement:
        """The engagement reported."""
        return self.context.engagement

    @property
    def released(self) -> Released:
        """The tables the report is made from."""
        return self.context.released

    @cached_property
    def stamp(self) -> Mapping[str, str]:
        """What every shown part says it is a part of; see `hrkit.publish.stamps`."""
        released = self.released
        return {
            "engagement": self.engagement.id,
            "wave": released.wave,
            "language": self.context.language,
            "profile": self.profile,
            "state": released.state,
            "release": "-".join(
                digest_of(one.released)[: 20 if one is self.context else 8]
                for one in (self.context, *self.context.parts)
            ),
            "settings": settings_digest(self.engagement, look=True)[:20],
        }

    def _shown(
        self,
        blocks: tuple[Block, ...],
        worksheets: tuple[Worksheet, ...] = (),
        slides: tuple[Slide, ...] = (),
    ) -> Shown:
        preview = self.released.state == "preview"
        mark = marks(self.context) if preview else ""
        return Shown(blocks, self.stamp, mark, worksheets, slides)

    @cached_property
    def info(self) -> DocumentInfo:
        """Title, language, colours and running texts of the document."""
        ctx = self.context
        w, consultant = ctx.words, ctx.engagement.consultant
        day = report_date(ctx)
        contact = " · ".join(x for x in (consultant.name, consultant.email, consultant.phone) if x)
        return DocumentInfo(
            title=f"{title(ctx)} – {ctx.engagement.client}",
            language=ctx.language,
            subtitle=subtitle(ctx),
            author=consultant.signature,
            client=ctx.engagement.client,
            date=w.date(day),
            stamp=day.isoformat(),
            confidentiality=confidentiality(ctx),
            contact=contact,
            primary=ctx.theme.primary,
            accent=ctx.theme.accent,
            paper=ctx.engagement.report.paper,
            header=title(ctx),
            footer=f"{consultant.signature} · {confidentiality(ctx)}",
            mark=marks(ctx),
            tag=languages()[ctx.language].tag,
            words=page_words(w),
        )

    def part(self, name: str) -> Shown:
        """One part of the report, as the profile lists it; the first has the document's data and deck.

        Raises
        ------
        HrkitError
            If the profile has no such part.
        """
        parts = self.context.profile["parts"]
        if name not in parts:
            raise HrkitError(f"The report has no part {name!r}; it has {', '.join(parts)}.")
        blocks: tuple[Block, ...] = ()
        worksheets: tuple[Worksheet, ...] = ()
        slides: tuple[Slide, ...] = ()
        if name == next(iter(parts)):
            blocks = (self.info,)
            # A deck chooses and words pages of its own: it is made where somebody wants one.
            worksheets = (about(self.context),) if ordered("xlsx") else ()
            slides = self.slides() if ordered("pptx") else ()
        for section in parts[name]:
            shown = self.section(section)
            blocks += shown.blocks
            worksheets += shown.worksheets
        return self._shown(blocks, worksheets, slides)

    def section(self, name: str) -> Shown:
        """One section by name, whatever the profile says."""
        if name not in SECTIONS:
            raise HrkitError(f"There is no section {name!r}; there are {', '.join(SECTIONS)}.")
        ctx = self.context
        blocks: tuple[Block, ...] = ()
        worksheets: tuple[Worksheet, ...] = ()
        for chapter in SECTIONS[name].chapters(ctx):
            edited = with_text(ctx.engagement, chapter.name or name, ctx.language, chapter)
            blocks += edited.blocks
            worksheets += edited.worksheets if ordered("xlsx") else ()
        return self._shown(blocks, worksheets)

    def unit_sheet(self, unit: str) -> Shown:
        """The two-page feedback sheet of a unit."""
        from hrkit.report.handouts.unit import unit_sheet

        return self._sheet(unit_sheet(self.context, unit))

    def conversation_sheet(self, dimension: str, side: str) -> Shown:
        """The sheet of one side for a talk about one dimension."""
        from hrkit.tools.partnership.conversation import conversation_sheet

        return self._sheet(conversation_sheet(self.context, dimension, side))

    def own_sheet(self, reader: str) -> Shown:
        """The sheet of one leader or partner, or of a pair: ``leader``, ``hr`` or ``pair``."""
        from hrkit.report.handouts.own import own_sheet

        return self._sheet(own_sheet(self.context, reader))

    def tool_sheet(self, name: str) -> Shown:
        """A sheet of the tool that the engagement is a part for, by name.

        Raises
        ------
        HrkitError
            If it has no such sheet.
        """
        known = sheets_of(self.context)
        if name not in known:
            there = ", ".join(known) or "none"
            raise HrkitError(f"There is no sheet {name!r} here; there are: {there}.")
        return self._sheet(known[name](self.context), landscape=name in FLAT)

    def _sheet(self, blocks: tuple[Block, ...], *, landscape: bool = False) -> Shown:
        head = next(block for block in blocks if isinstance(block, Heading))
        title = plain(head.text)
        named = f"{title} – {self.info.client}"
        info = replace(self.info, title=named, header=title, landscape=landscape)
        return self._shown((info, *blocks))

    @cached_property
    def _parts(self) -> tuple[Shown, ...]:
        return tuple(self.part(name) for name in self.context.profile["parts"])

    def blocks(self) -> tuple[Block, ...]:
        """The whole report."""
        return tuple(block for part in self._parts for block in part.blocks)

    def slides(self) -> tuple[Slide, ...]:
        """The report's key pages as slides."""
        return deck(self.context)

    def worksheets(self) -> tuple[Worksheet, ...]:
        """The whole report's figures as the sheets of a workbook."""
        return workbook(sheet for part in self._parts for sheet in part.worksheets)


def assess(
    folder: str | Path,
    *,
    wave: str = "",
    language: str = "",
    profile: str = "",
    released: Released | None = None,
    parts: Mapping[str, Released] | None = None,
    compared: ComparedWith | None = None,
) -> Assessment:
    """Prepare the report of one wave of an engagement.

    Run by hand, what it shows is a preview: recorded nowhere, marked on every part, not to be
    handed on.  Run by ``hrkit report``, it is the version that was issued for that report.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave; the latest if empty.
    language
        The code of a language, such as ``da``; the engagement's if empty.
    profile
        Report profile; the engagement's if empty.
    released, parts
        What is shown, where it was issued already: of the engagement, and of its tools by id.
    compared
        What is told of the other organisations of its portfolio; see `hrkit.commands.benchmark`.

    Raises
    ------
    HrkitError
        If the engagement, its store or a parameter cannot be used.
    """
    from hrkit.disclosure.release import preview

    engagement = engagements.load(folder)
    language = language or engagement.language
    known_language(language)
    if language not in engagement.instrument.languages:
        known = ", ".join(engagement.instrument.languages)
        raise EngagementError(
            f"{engagement.instrument.id} has no language {language}; it has {known}."
        )
    check_texts(engagement, tuple(SECTIONS))
    job = None if released is not None else job_of()
    round = job.released.wave if job is not None and not wave else engagement.wave(wave or None).id
    if job is not None:
        job.check(engagement, round)
        released, parts, compared = job.released, job.parts, job.compared
    profile = profile or engagement.report.profile
    shown = released or first_of(engagement, round, preview, openly=profile == OPENLY)
    if parts is None:
        parts = release_of(engagement, round, preview) if engagement.tools else {}
    beside = {id: one for id, one in parts_of(engagement).items() if id in parts}
    engagement = as_it_was(engagement, round, shown)
    engagement = overlay(engagement, records_of(engagement))
    loaded = load_profile(profile, engagement.folder)
    whole = _context(engagement, round, shown, language, loaded)
    each = (
        _context(as_it_was(part, round, parts[id]), round, parts[id], language, loaded)
        for id, part in beside.items()
    )
    made = replace(whole, parts=tuple(each), compared=compared)
    return Assessment(replace(made, steps=steps_of(made)), profile)


def as_it_was(engagement: Engagement, round: str, shown: Released) -> Engagement:
    """The engagement as it was asked and released: a frozen wave is read as it was.

    The look, the consultant and own texts are today's.
    """
    units = [score.unit for score in shown.scores]
    return as_asked(as_of(engagement, round, shown.settings, units), shown.version)


def _context(
    engagement: Engagement, round: str, shown: Released, language: str, profile: Mapping[str, Any]
) -> Context:
    return Context(
        engagement=engagement,
        released=shown,
        words=engagement.words(language),
        theme=theme(engagement.branding, engagement.instrument.people),
        profile=profile,
        library=still_advised(library(engagement), engagement, round),
        records=records_of(engagement).of(engagement.stored_under(round)),
    )
