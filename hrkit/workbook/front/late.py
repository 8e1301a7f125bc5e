"""Answers that were to be kept no longer are told of on every page of their client, as after every command."""

from __future__ import annotations

from hrkit.commands.duties.reminder import overdue
from hrkit.model.language import date
from hrkit.workbook.front.parts import Part, text
from hrkit.workbook.front.state import State

__all__ = ["shows"]


def shows(state: State) -> list[Part]:
    """A sentence once the day has passed; nothing while it lies ahead, or once the answers are gone."""
    if state.folder is None or (day := overdue(state.folder)) is None:
        return []
    page = state.say("front.pages.duties")
    told = state.say("front.duties.overdue", day=date(day, state.language), page=page)
    return [text(told, "warn")]
