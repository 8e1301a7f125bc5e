"""A letter of a round as blocks and as the text of a mail, and the sheet for whoever sends the letters.

In: letters with everything known filled in (`hrkit.model.letters`).  Out: blocks, or text.  No answer
and no figure of a survey is on any of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Block, Heading, Paragraph, Span, Table, Text, b
from hrkit.model.language import Words
from hrkit.model.letters import Letter

__all__ = ["letter_blocks", "letter_text", "letters_overview"]


def letter_blocks(letter: Letter) -> tuple[Block, ...]:
    """One letter: whom it is for, its subject, its paragraphs, who signs."""
    paragraphs = (letter.greeting, *letter.paragraphs, letter.signed)
    return (Heading(letter.subject, kicker=letter.to), *(Paragraph(text) for text in paragraphs))


def letter_text(letter: Letter, words: Words) -> str:
    """The letter as a mail: its subject line, then what is pasted into the mail."""
    subject = words("letters.subject", subject=letter.subject)
    lines = (subject, letter.greeting, *letter.paragraphs, letter.signed)
    return "\n\n".join(lines) + "\n"


def letters_overview(letters: Sequence[Letter], words: Words, wave: str) -> tuple[Block, ...]:
    """What goes to whom and when, what to do before, and what is still open.

    Parameters
    ----------
    letters
        In the order they are sent.
    wave
        The round, as it is called.
    """
    w = words
    rows: list[tuple[Text, ...]] = []
    for letter in letters:
        before = (letter.sender, *((w("papers.legal"),) if letter.legal else ()))
        head = (b(letter.subject), Span(f"\n{letter.to}"))
        rows.append((head, letter.when, "\n".join(before), "\n".join(still_open(letter, w))))
    columns = tuple(w(f"letters.overview.{name}") for name in ("letter", "when", "before", "open"))
    return (
        Heading(w("letters.overview.title", wave=wave)),
        Paragraph(w("letters.overview.lead"), lead=True),
        Table(
            columns,
            tuple(rows),
            widths=(2.6, 1.7, 3.4, 2.3),
            compact=True,
            summary=w("letters.overview.summary"),
        ),
    )


def still_open(letter: Letter, words: Words) -> tuple[str, ...]:
    """What the sender has to write in, and what was left out; one sentence says that nothing is."""
    said = []
    for key, facts in (("write", letter.open), ("left_out", letter.left_out)):
        if facts:
            named = [words(f"letters.facts.{name}") for name in facts]
            said.append(words(f"letters.overview.{key}", facts=words.join(named)))
    return tuple(said) or (words("letters.overview.ready"),)
