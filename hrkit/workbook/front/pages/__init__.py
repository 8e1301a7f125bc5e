"""The pages, in the order of an engagement's life."""

from __future__ import annotations

from hrkit.workbook.front.pages import (
    advice,
    answers,
    ask,
    clients,
    duties,
    finish,
    many,
    printing,
    remarks,
    setup,
    tools,
)
from hrkit.workbook.front.state import FrontPage

__all__ = ["PAGES"]

PAGES: tuple[FrontPage, ...] = (
    clients.PAGE,
    setup.PAGE,
    tools.PAGE,
    ask.PAGE,
    answers.PAGE,
    remarks.PAGE,
    advice.PAGE,
    printing.PAGE,
    finish.PAGE,
    duties.PAGE,
    many.PAGE,
)
