"""Names and notebooks of new engagements, one by one or many."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from pathlib import Path

from hrkit import kit
from hrkit.model.language import words
from hrkit.text import normal

__all__ = ["USUAL", "kept_days", "notebook", "slug", "until", "wrong_name"]

#: What is asked where nothing is said.
USUAL = "partnership"


_LETTERS = {ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa", ord("ß"): "ss"}


def slug(name: str) -> str:
    """An id from a name: æ, ø, å and the like become plain letters; never empty."""
    plain = name.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "client"


def wrong_name(name: str) -> str:
    """What keeps a name from being printed or written to a file; empty if nothing does."""
    if not normal(name):
        return "is empty"
    if len(name.strip()) > 200:
        return "is longer than 200 characters"
    # Control characters, line separators, bytes that are no text, and what Unicode calls no character.
    no_text = ("Cc", "Cs", "Zl", "Zp")
    if any(unicodedata.category(c) in no_text or ord(c) & 0xFFFE == 0xFFFE for c in name):
        return "holds characters that cannot be printed"
    return ""


def notebook(name: str, language: str) -> str:
    """A notebook of the kit whose first words are in a language: people in the room read them."""
    text = (kit.notebooks() / name).read_text("utf-8")
    key, said = f"forms.notebooks.{Path(name).stem.partition('_')[2]}", words(language)
    if f"{key}.title" not in said:
        return text
    data = json.loads(text)
    data["cells"][0]["source"] = [f"# {said(f'{key}.title')}\n", "\n", said(f"{key}.text")]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def kept_days() -> dict[str, str]:
    """Until when answers and reports are kept, where nobody agreed on anything else: two and five years."""
    today = dt.date.today()
    ages = {"answers_until": 2, "reports_until": 5}
    # The last of the month: no year lacks it.
    first = {name: today.replace(year=today.year + n, day=1) for name, n in ages.items()}
    months = {name: (day + dt.timedelta(days=32)).replace(day=1) for name, day in first.items()}
    return {name: (day - dt.timedelta(days=1)).isoformat() for name, day in months.items()}


def until() -> dict[str, str]:
    """The same in the places of a pattern."""
    days = kept_days()
    return {"@ANSWERS@": days["answers_until"], "@REPORTS@": days["reports_until"]}
