"""What the files people answer in have in common: a workbook without formulas, lists, names of sheets."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.readers.choices import people, perspective_name
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Scale
from hrkit.model.languages import languages

__all__ = ["TEXT", "Lists", "offered", "sheet_names", "values", "workbook"]

#: Excel's own number of the format "text".
TEXT = 49
#: Characters a sheet's name may have, and those it may not hold.
_LONGEST, _FORBIDDEN = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@contextmanager
def workbook(engagement: Engagement, path: Path, language: str) -> Iterator[Any]:
    """A workbook in which no text becomes a formula, a link or a number; written when it is done."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out = io.BytesIO()  # written by us: a full disk is then an OSError like any other
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    book.worksheet_class = _sheet_class()
    book.set_properties({"title": engagement.instrument.title[language]})
    book.set_custom_property(PROPERTY, engagement.id)
    yield book
    book.close()
    path.write_bytes(out.getvalue())


@functools.cache
def _sheet_class() -> Any:
    """Sheets on which what a list refers to is worked out once.

    For every cell that offers a list, xlsxwriter looks for a hundred and fifty names of newer functions
    in the same reference: two thirds of the time that a form took.
    """
    from xlsxwriter.worksheet import Worksheet

    known = functools.lru_cache(maxsize=1024)(Worksheet()._prepare_formula)
    return type("Sheet", (Worksheet,), {"_prepare_formula": staticmethod(known)})


class Lists:
    """Lists to choose from, one a column, on a sheet of their own.

    A list within a cell's validation may not exceed 255 characters, nor hold a comma.
    """

    def __init__(self, sheet: Any, name: str, book: Any) -> None:
        self.sheet, self.name, self._text = sheet, name, book.add_format({"num_format": TEXT})
        self._known: dict[tuple[str, ...], str] = {}

    def offer(self, values: list[str]) -> dict[str, str]:
        """The rule of a cell that offers these values and warns of others."""
        key = tuple(values)
        if key not in self._known:
            from xlsxwriter.utility import xl_range_abs

            column = len(self._known)
            for row, value in enumerate(values):
                self.sheet.write_string(row, column, value, self._text)
            place = xl_range_abs(0, column, len(values) - 1, column)
            quoted = self.name.replace("'", "''")
            self._known[key] = f"='{quoted}'!{place}"
        return {"validate": "list", "source": self._known[key], "error_type": "warning"}


def values(scale: Scale, language: str) -> list[str]:
    """What a cell's list offers: a rating's number with its words, the words of a category."""
    if scale.kind == "rating":
        listed = [f"{choice.value} – {choice.label[language]}" for choice in scale.choices]
    else:
        listed = [choice.label[language] for choice in scale.choices]
        if len(set(listed)) < len(listed):
            listed = [choice.value for choice in scale.choices]
    return listed + ([way.label[language] for way in scale.ways_out] if listed else [])


def offered(engagement: Engagement, language: str) -> dict[str, list[str]]:
    """Names that the columns about a person offer; an id where a name is ambiguous."""
    known = people(engagement)
    names = {
        "wave": {wave.id: wave.name.get(language, wave.id) for wave in engagement.waves},
        "unit": {unit.id: unit.name for unit in engagement.units},
        "perspective": {
            id: perspective_name(engagement.instrument, id, language)
            for id in engagement.instrument.perspectives
        },
        "language": {id: languages()[id].name for id in engagement.languages},
    }
    if engagement.tiers:
        names["level"] = {tier.id: tier.name.get(language, tier.id) for tier in engagement.tiers}
    if engagement.pairs:
        names["pair"] = {pair.id: pair.name for pair in engagement.pairs}
    return {
        kind: [name if known[kind].find(name) == id else id for id, name in pairs.items()]
        for kind, pairs in names.items()
    }


def sheet_names(engagement: Engagement, language: str) -> dict[str, str]:
    """Perspective to the name of its sheet: what it is called, cut and told apart where it must be."""
    kit = engagement.words(language)
    taken = {kit(f"answers.sheets.{name}").casefold() for name in ("guide", "lists")}
    found: dict[str, str] = {}
    for id in engagement.instrument.perspectives:
        said = perspective_name(engagement.instrument, id, language)
        plain = " ".join(_FORBIDDEN.sub(" ", said).split()).strip("'")[:_LONGEST].strip(" '") or id
        name, count = plain[:_LONGEST], 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain[: _LONGEST - 3]} {count}"
        taken.add(name.casefold())
        found[id] = name
    return found
