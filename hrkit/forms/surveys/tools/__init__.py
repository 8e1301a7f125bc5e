"""One file a program: its name is what ``--to`` takes, its ``write`` makes the files of a survey."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrkit.forms.surveys.described import SurveyOutline
    from hrkit.forms.surveys.written import WrittenSurvey

__all__ = ["names", "writer"]


def names() -> tuple[str, ...]:
    """The programs there is a file for; none of them is loaded."""
    return tuple(sorted(found.name for found in iter_modules(__path__)))


def writer(name: str) -> Callable[[SurveyOutline], WrittenSurvey]:
    """The function that writes a survey for a program."""
    write: Callable[[SurveyOutline], WrittenSurvey] = import_module(f"{__name__}.{name}").write
    return write
