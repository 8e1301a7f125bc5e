"""What every task of a batch needs and no organisation has: imported and read once, before any is forked.

Everything here is the kit's own.  Which of its instruments are worth reading is told by name.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit import kit
from hrkit.errors import HrkitError

if TYPE_CHECKING:
    from hrkit.model.instrument import Instrument

__all__ = ["first", "kit_version", "named_in", "warm"]

_WORD = re.compile(r"[a-z0-9-]+")
_MODULES = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "babel.dates",
    "babel.lists",
    "babel.numbers",
    "bdb",
    "fontTools.ttLib.tables._c_m_a_p",
    "highspy",
    "hrkit.answers.fit",
    "hrkit.answers.neighbours",
    "hrkit.answers.store",
    "hrkit.assessment.assessment",
    "hrkit.assessment.job",
    "hrkit.assessment.parts",
    "hrkit.assessment.ready",
    "hrkit.commands.batch_inputs",
    "hrkit.commands.making",
    "hrkit.disclosure.release",
    "hrkit.publish.batch.engine",
    "hrkit.publish.batch.manifest",
    "hrkit.publish.batch.task",
    "hrkit.publish.batch.whole",
    "hrkit.publish.document",
    "hrkit.publish.kernel",
    "hrkit.publish.normalise",
    "hrkit.publish.notebook",
    "hrkit.publish.pdf",
    "hrkit.publish.stamps",
    "hrkit.publish.trust",
    "hrkit.workbook.here",
    "markdown_it.tree",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "nbclient.exceptions",
    "nbformat.v4",
    "papermill",
    "scipy.sparse",
    "scipy.special",
    "sqlalchemy.dialects.sqlite",
    "typst",
)
#: What a format beside the PDF imports.
_OF_FORMAT: Mapping[str, tuple[str, ...]] = {
    "docx": ("hrkit.publish.word",),
    "html": ("hrkit.publish.html",),
    "pptx": ("hrkit.publish.pptx.deck",),
    "xlsx": ("hrkit.publish.excel",),
}


def first(places: Iterable[Path], also: Iterable[str]) -> tuple[str, Mapping[str, Any]]:
    """What the warm process of a crew calls first, for organisations in these folders."""
    return f"{__name__}:warm", {"named": list(named_in(places)), "also": list(also)}


def named_in(places: Iterable[Path]) -> tuple[str, ...]:
    """The kit's instruments and languages whose ids stand anywhere in these engagements' files, or in what they share.

    A word too many costs the warm process a moment; nothing else is read of the files.
    """
    from hrkit.model import instrument_file as instruments
    from hrkit.model.engagement import FILE
    from hrkit.model.languages import codes
    from hrkit.model.shared import SHARED

    known = {*(path.stem for path in instruments.available()), *codes()}
    files = dict.fromkeys(
        file for place in places for file in (place / FILE, place.parent / SHARED)
    )
    found: set[str] = set()
    for file in files:
        with contextlib.suppress(OSError, ValueError):
            found |= known & set(_WORD.findall(file.read_text("utf-8-sig")))
        if found == known:
            break
    return tuple(sorted(found))


def warm(named: Iterable[str] = (), also: Iterable[str] = ()) -> None:
    """Import what reports need, and read what they read of the kit.

    Parameters
    ----------
    named
        Ids of the kit's instruments that are asked, and of languages; none is read where a process
        does one task only.
    also
        Formats beside the PDF.
    """
    from hrkit.model.schema import light_jsonschema

    light_jsonschema()  # before anything that imports it whole
    for name in (*_MODULES, *(one for kind in also for one in _OF_FORMAT.get(kind, ()))):
        importlib.import_module(name)
    kit_version()
    if named:
        from hrkit.model import instrument_file as instruments

        asked = []
        for id in sorted({path.stem for path in instruments.available()} & set(named)):
            # What is wrong with the kit is told by whoever needs that.
            with contextlib.suppress(HrkitError):
                asked.append(_read(id))
        from hrkit.assessment.profile import load_profile, profiles
        from hrkit.commands.batch_inputs import versions
        from hrkit.model.figures import practise as practise_figures
        from hrkit.model.process import process_steps
        from hrkit.model.schema import know as know_schema
        from hrkit.model.tool import available
        from hrkit.publish.fonts import advances, coverage, typst_fonts
        from hrkit.publish.notebook_file import read_notebook
        from hrkit.report.charts.base import measure_names, practise
        from hrkit.report.sections.roadmap_fit import known_phases

        versions()
        know_schema("engagement")
        with contextlib.suppress(HrkitError):
            available()
            process_steps()
            for profile in profiles():
                load_profile(profile)
        kit.known_cells(kit.REPORT)
        known_phases()
        practise_figures()
        read_notebook(kit.notebooks() / kit.REPORT)  # the schema of notebooks is compiled by it

        coverage()
        advances(bold=False)
        advances(bold=True)
        typst_fonts()
        practise()
        for instrument in asked:
            for language in named:
                measure_names(
                    [one.name[language] for one in instrument.dimensions if language in one.name],
                    [one.text[language] for one in instrument.levels if language in one.text],
                )


def _read(id: str) -> Instrument:
    """Everything the kit keeps of an instrument."""
    from hrkit.disclosure.kept.basis import know
    from hrkit.model import instrument_file as instruments
    from hrkit.model.editions import editions
    from hrkit.model.terms import kit_terms
    from hrkit.model.wording import catalogue_of
    from hrkit.report.action_files import know as know_actions

    instrument = instruments.load(id)
    editions(instrument, kit_terms())
    catalogue_of(instrument.speaks)
    know(instrument)
    know_actions(instrument)
    return instrument


@cache
def kit_version() -> str:
    """What the kit itself is: code, templates, notebooks; read once."""
    found = hashlib.sha256()
    root = Path(kit.__file__).parent
    parts = (
        (root, {".py", ".typ", ".css"}),
        (kit.templates(), {".yml", ".json"}),
        (kit.notebooks(), {".ipynb"}),
    )
    for base, endings in parts:
        for path in sorted(base.rglob("*")):
            if path.suffix in endings and path.is_file():
                found.update(path.relative_to(base).as_posix().encode() + b"\0")
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
