"""`questionnaire` shows an engagement's instrument as a form in JupyterLab."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.answers.store import Store, open_store
from hrkit.blocks import Callout, Paragraph, Span
from hrkit.blocks.shown import Shown
from hrkit.errors import EngagementError, HrkitError
from hrkit.forms import pages
from hrkit.forms.session import Desk
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.model.settings import as_asked

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["questionnaire"]


def questionnaire(
    engagement: str | Path | Engagement,
    *,
    wave: str = "",
    language: str = "",
    perspective: str = "",
    unit: str = "",
    demo: bool = False,
) -> VBox | Shown:
    """Show an instrument as a form that saves each answer as it is given.

    Parameters
    ----------
    engagement
        An engagement, or its folder.
    wave
        The round answered; the latest if blank.
    language
        Of the first page, one of the engagement's; its own if blank.  Respondents can change it.
    perspective, unit
        Settle from which chair and where everybody answers here, so that nobody is asked.
    demo
        Keep what is answered among the made-up answers of a demonstration.  Otherwise it can be
        tried and nothing of it is kept.

    Returns
    -------
    VBox | Shown
        The form, to be shown by a notebook's cell; or, where the engagement, its store or a
        parameter cannot be used, a message that says what to mend.  No error is raised for those:
        whoever answers should not meet a traceback.
    """
    try:
        return _form(engagement, wave, language, perspective, unit, demo)
    except HrkitError as error:
        return _notice(error, language)


def _form(
    engagement: str | Path | Engagement,
    wave: str,
    language: str,
    perspective: str,
    unit: str,
    demo: bool,
) -> VBox:
    known = engagement if isinstance(engagement, Engagement) else engagements.load(engagement)
    round_ = known.wave(wave or None)
    if known.undecided:
        raise EngagementError(
            "Nobody has said yet who will see the report, and respondents are told before they "
            f"answer: write it under audience in engagement.yml ({', '.join(known.undecided)})."
        )
    _one_of("language", language, known.languages)
    _one_of("perspective", perspective, known.instrument.perspectives)
    # Who comes late to a round is asked as those before.
    kept = demo or not known.synthetic
    if kept:
        with open_store(known) as store, store.looking(round_.id) as so_far:
            asked = so_far.asked
        known = known if asked is None else as_asked(known, asked[1])
    store, known = _store(known, kept), known.as_in(round_.id)
    _one_of("unit", unit, [each.id for each in known.units])
    spoken = language or known.language
    desk = Desk(known, round_, store, spoken, perspective, unit, kept=kept)

    from ipywidgets import Layout, VBox

    from hrkit.forms.widget import QuestionnaireWidget

    whole = Layout(width="100%", max_width="62rem", overflow="visible")
    form = QuestionnaireWidget(desk, pages.opening(spoken))
    form.layout = Layout(width="100%", overflow="visible", margin="0")
    return VBox([form], layout=whole)


def _store(engagement: Engagement, kept: bool) -> Store:
    """Where answers go; those of somebody who tries a demonstration out, nowhere."""
    if not kept:
        return Store.open("sqlite://", engagement=replace(engagement, store=""))
    return open_store(engagement, held=True)


def _one_of(name: str, value: str, known: Collection[str]) -> None:
    if value and value not in known:
        raise HrkitError(f"There is no {name} {value!r} here; use one of {', '.join(known)}.")


def _notice(error: HrkitError, language: str) -> Shown:
    w = words(language if language in codes() else codes()[0])
    lines = (error.summary, *(f"– {problem}" for problem in error.problems))
    title = Span(w("forms.cannot.title"), "strong")
    return Shown(
        (
            Callout((title,), "warning"),
            *(Paragraph(line) for line in lines),
            Paragraph(w("forms.cannot.parameter")),
        )
    )
