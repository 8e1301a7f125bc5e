"""Make an engagement folder that is ready to be filled in."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

from hrkit import kit
from hrkit.errors import EngagementError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments

__all__ = ["start"]

#: Notebooks that go into every engagement folder: the form and the report.
NOTEBOOKS = ("1_collect.ipynb", "3_report.ipynb")


_LETTERS = {ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa", ord("ß"): "ss"}


def _slug(name: str) -> str:
    """An id from a name: æ, ø, å and the like become plain letters; never empty."""
    plain = name.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "client"


def _wrong_name(name: str) -> str:
    """What keeps a name from being printed or written to a file; empty if nothing does."""
    if not name.strip():
        return "is empty"
    if len(name.strip()) > 200:
        return "is longer than 200 characters"
    # Control characters, line separators, bytes that are no text, and what Unicode calls no character.
    no_text = ("Cc", "Cs", "Zl", "Zp")
    if any(unicodedata.category(c) in no_text or ord(c) & 0xFFFE == 0xFFFE for c in name):
        return "holds characters that cannot be printed"
    return ""


def start(
    folder: Path, name: str, language: str, instrument: str = "partnership"
) -> tuple[Path, ...]:
    """Write ``engagement.yml``, answer templates and notebooks into a folder.

    Parameters
    ----------
    folder
        Made if missing; it may hold other files, but no engagement.
    name
        The client's name.
    language
        ``en``, ``da`` or ``nl``.
    instrument
        Id of an instrument of the kit, or the path of one's own, which is copied into the folder.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    EngagementError
        If the folder holds an engagement already, or the name cannot be printed; nothing is
        written then.
    """
    from hrkit.answers.writers.template import write_template

    path = folder / engagements.FILE
    if what := _wrong_name(name):
        raise EngagementError(
            "The engagement cannot be made.", [Problem("--name", what, "give the client's name")]
        )
    if path.exists():
        raise EngagementError(f"{path} is there already; choose another folder or edit that file.")
    if folder.exists() and not folder.is_dir():
        raise EngagementError(f"{folder} is a file; choose a folder.")
    asked = instruments.load(instrument)
    if language not in asked.languages:
        known = ", ".join(asked.languages)
        raise EngagementError(f"{asked.id} has no language {language}; it has {known}.")
    text = (kit.templates() / "engagement" / f"engagement.{language}.yml").read_text("utf-8")
    # An instrument of one's own moves in with the engagement, which then holds all it needs.
    own = Path(instrument) if Path(instrument).suffix else None
    home = folder / own.name if own else None
    if own and home and home.exists() and not home.samefile(own):
        raise EngagementError(f"{home} is there already; give the instrument another name.")
    asks = own.name if own else instrument
    # A JSON string is a YAML string: whatever the name holds, it stays one value.
    values = {"@ID@": _slug(name), "@CLIENT@": name.strip(), "@INSTRUMENT@": asks}
    text = re.sub(
        "|".join(values), lambda m: json.dumps(values[m.group()], ensure_ascii=False), text
    )
    made_here = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    written = [path]
    try:
        path.write_text(text, encoding="utf-8")
        if own and home and not home.exists():
            shutil.copyfile(own, home)
            written.append(home)
        draft = engagements.draft(folder)
        for ending in ("xlsx", "csv"):
            written.append(write_template(draft, folder / f"answers.{ending}", language))
        for notebook in NOTEBOOKS:
            target = folder / notebook
            if not target.exists():
                shutil.copyfile(kit.notebooks() / notebook, target)
                written.append(target)
    except BaseException:
        if made_here:
            shutil.rmtree(folder, ignore_errors=True)
        for one in written:
            one.unlink(missing_ok=True)
        raise
    return tuple(written)
