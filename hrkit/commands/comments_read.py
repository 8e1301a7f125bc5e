"""A sheet on which a person has ticked comments: what it passes, or every cell that is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from hrkit.commands.filled import filled_in
from hrkit.errors import HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, ClearedComment, Engagement

__all__ = ["COLUMNS", "take_sheet"]

#: Columns of the sheet, with their widths; what a person fills in is the middle of it.
COLUMNS: Mapping[str, float] = {
    "id": 18,
    "question": 28,
    "comment": 60,
    "print": 10,
    "theme": 20,
    "text": 50,
    "note": 32,
}
_LONGEST = {"theme": 100, "text": 5000}
#: What is read as a yes besides the word of the sheet's own language.
_YES = frozenset({"1", "x", "✓", "✔", "☑"})
_NO = frozenset({"", "0", "-", "–", "☐"})


def take_sheet(
    engagement: Engagement, path: Path, listed: Mapping[str, str]
) -> tuple[Path, int, int, int, frozenset[str]]:
    """Put what is ticked under ``comments:`` of ``engagement.yml``; what the sheet does not list stays.

    Parameters
    ----------
    listed
        The comments there are: id to words.

    Returns
    -------
    tuple
        The file; how many comments of the sheet are passed, how many of them anew, how many are no
        more; and the ids of those passed.

    Raises
    ------
    HrkitError
        With everything that is wrong in the sheet; nothing was changed then.
    """
    told, seen = _read(engagement, path, listed)
    before = {one.id: one for one in engagement.comments}
    kept = [told.get(id, one) for id, one in before.items() if id not in seen or id in told]
    after = (*kept, *(one for id, one in told.items() if id not in before))
    if after != engagement.comments:
        _write(engagement, after)
    gone = sum(id in seen and id not in told for id in before)
    new = sum(id not in before for id in told)
    return engagement.folder / FILE, len(told), new, gone, frozenset(told)


def _read(
    engagement: Engagement, path: Path, listed: Mapping[str, str]
) -> tuple[dict[str, ClearedComment], set[str]]:
    from hrkit.text import clean, normal

    filled = filled_in(
        engagement,
        path,
        columns=tuple(COLUMNS),
        needed=("id", "print"),
        tells="comment",
        texts="passing",
    )
    table, where = filled.table, filled.where
    spoken = [engagement.words(one) for one in engagement.instrument.languages]
    yes = _YES | {normal(w("passing.print")) for w in spoken}
    no = _NO | {normal(word) for word in ("no", "nej", "nee")}
    told: dict[str, ClearedComment] = {}
    seen: set[str] = set()
    problems: list[Problem] = []
    for row in table.rows:

        def wrong(column: str, what: str, fix: str, number: int = row.number) -> None:
            problems.append(Problem(table.where(number, where[column]), what, fix))

        cells = {name: row.cell(at).strip() for name, at in where.items()}
        id, said = cells["id"], normal(cells["print"])
        if not any(cells.get(name) for name in ("id", "print", "theme", "text")):
            continue
        if id not in listed:
            fix = "leave the ids as they were written, or write the sheet anew"
            wrong("id", f"there is no comment {id}" if id else "is empty", fix)
            continue
        if id in seen:
            wrong("id", f"{id} stands there twice", "leave one line of it")
        seen.add(id)
        if said not in yes | no:
            wrong("print", f"{cells['print']} is no answer", f"write {spoken[0]('passing.print')}")
        for name, most in _LONGEST.items():
            if len(cells.get(name, "")) > most:
                wrong(name, f"is longer than {most} characters", "shorten it")
        if said in yes:
            theme, words = " ".join(cells.get("theme", "").split()), _lines(cells.get("text", ""))
            same = clean(words) == clean(listed[id])
            told[id] = ClearedComment(id, theme, "" if same else words)
    if problems:
        raise HrkitError(f"{path.name} cannot be taken; nothing was changed.", problems)
    return told, seen


def _lines(text: str) -> str:
    """Words as they are printed: no space at the end of a line, no more than one empty line."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(one.split()) for one in text.splitlines()))


def _write(engagement: Engagement, after: Collection[ClearedComment]) -> None:
    """Put comments into ``engagement.yml``; everything else in it stays as it was written."""
    from hrkit.files import write_all
    from hrkit.model.yaml_edit import quoted, with_items, with_values

    place = engagement.folder / FILE
    before = place.read_bytes()
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    items = []
    for one in after:
        parts = [f"id: {quoted(one.id)}"]
        parts += [f"theme: {quoted(one.theme)}"] if one.theme else []
        parts += [f"text: {quoted(one.text)}"] if one.text else []
        items.append(f"{{{', '.join(parts)}}}")
    text = before.decode("utf-8-sig")
    lines = "".join(f"\n  - {item}" for item in items)
    try:
        text = with_values(text, {("comments",): lines if items else "[]"})
    except KeyError:
        text = with_items(text, "comments", items)
    write_all({place: mark + text.encode("utf-8")})
    try:
        engagements.load(engagement.folder)
    except HrkitError:
        write_all({place: before})
        raise
