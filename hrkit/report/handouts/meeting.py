"""The pack for the meeting about the results: agenda with times, cards, the facilitator's script.

Nothing here holds a figure: tables place themselves first, and see the numbers afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Block, Bullets, Callout, Grid, Heading, Note, Paragraph, Table, Text, b
from hrkit.model.language import Texts, Words
from hrkit.model.script import Script
from hrkit.report.handouts.room import GROUND, room

__all__ = ["agenda_page", "card_page", "script_pages"]

#: Cards of each kind on a sheet, and how many lines a field of them has to write on.
CARDS = {"guess": (2, 3), "vote": (8, 0), "agreement": (2, 2)}


def agenda_page(script: Script, words: Words, minutes: int) -> tuple[Block, ...]:
    """The course of the meeting with times, the house rules, and what is done before and after."""
    w, language = words, words.language
    said = script.said
    length, moments = script.agenda(minutes)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            f"{_clock(one.start)}–{_clock(one.end)}",
            (b(one.what[language]),),
            one.how[language],
            one.paper[language] if one.paper else "",
        )
        for one in moments
    )
    before: tuple[tuple[Text, ...], ...] = tuple(
        ((b(one["when"][language]),), one["text"][language]) for one in said["prepare"]
    )
    return (
        Heading(
            f"{said['title'][language]}: {w('sheets.meeting.agenda', minutes=length)}",
            kicker=w("sheets.meeting.kicker"),
        ),
        Paragraph(said["aim"][language], lead=True),
        Table(
            tuple(w(f"sheets.meeting.{name}") for name in ("time", "what", "how", "paper")),
            rows,
            widths=(1.0, 1.5, 4.2, 1.5),
            compact=True,
            summary=w("sheets.meeting.agenda", minutes=length),
        ),
        Heading(w("sheets.meeting.rules"), level=2),
        _list(said["rules"], language),
        Heading(w("sheets.meeting.prepare"), level=2),
        Table(
            (w("sheets.meeting.when"), w("sheets.meeting.what")),
            before,
            widths=(1.4, 6.4),
            compact=True,
            summary=w("sheets.meeting.prepare"),
        ),
    )


def script_pages(script: Script, words: Words) -> tuple[Block, ...]:
    """What the facilitator says, in which order, what is never said, and five answers."""
    w, language, said = words, words.language, script.said
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((b(one["says"][language]),), one["answer"][language], one["ask"][language])
        for one in said["objections"]
    )
    return (
        Heading(w("sheets.meeting.script"), kicker=w("sheets.meeting.kicker")),
        Heading(w("sheets.meeting.first"), level=2),
        _list(said["opening"]["before"], language),
        Heading(w("sheets.meeting.say"), level=2),
        _list(said["opening"]["say"], language, ordered=True),
        Heading(w("sheets.meeting.never"), level=2),
        _list(said["opening"]["never"], language),
        Heading(w("sheets.meeting.objections"), level=2),
        Table(
            tuple(w(f"sheets.meeting.{name}") for name in ("says", "answer", "ask")),
            rows,
            widths=(1.6, 3.2, 3.0),
            compact=True,
            summary=w("sheets.meeting.objections"),
        ),
        Heading(w("sheets.meeting.place"), level=2),
        Callout(said["grid"]["rule"][language]),
        _list(said["grid"]["steps"], language, ordered=True),
    )


def card_page(script: Script, kind: str, words: Words) -> tuple[Block, ...]:
    """A sheet of equal cards to be cut: guesses, votes or agreements."""
    language, (count, lines) = words.language, CARDS[kind]
    said = script.said[kind]
    rows = tuple((field[language], room(lines) if lines else "") for field in said["fields"])
    title = said["title"][language]
    if lines:
        cards: tuple[Block, ...] = (_written(title, rows),) * count
    else:
        one = _ticked(title, rows)
        cards = tuple(Grid(((one,), (one,)), (1.0, 1.0)) for _ in range(count // 2))
    return (Heading(title), Note(words("sheets.meeting.cards")), *cards)


def _written(title: str, rows: tuple[tuple[str, str], ...]) -> Table:
    """A card to write on."""
    return Table(
        (title, ""),
        rows,
        widths=(1.0, 1.9),
        compact=True,
        shades=tuple(("", GROUND) for _ in rows),
        summary=title,
    )


def _ticked(title: str, rows: tuple[tuple[str, str], ...]) -> Table:
    """A card on which a figure is ringed."""
    return Table(
        (title,),
        tuple((f"\n{text}\n\n",) for text, _ in rows),
        widths=(1.0,),
        row_headers=False,
        shades=((GROUND,),) * len(rows),
        summary=title,
    )


def _list(texts: Sequence[Texts], language: str, *, ordered: bool = False) -> Bullets:
    return Bullets(tuple(text[language] for text in texts), ordered=ordered)


def _clock(minute: int) -> str:
    """``1:05`` from the beginning of the meeting."""
    return f"{minute // 60}:{minute % 60:02}"
