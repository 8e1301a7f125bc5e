"""What people are told of the groups that results are shown for, before they answer."""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument
from hrkit.model.language import Words

__all__ = ["groups_told", "sensitive_parts"]


def sensitive_parts(
    instrument: Instrument, language: str, perspective: str = ""
) -> Iterator[tuple[str, int]]:
    """What is marked as sensitive, as whoever answers reads it: a section's name, or a statement.

    Parameters
    ----------
    perspective
        Only what it is asked; everything if empty.
    """
    for section in instrument.sections:
        asked = [
            item
            for item in (*section.items, *((section.importance,) if section.importance else ()))
            if not perspective or perspective in item.ask
        ]
        marks = {item.sensitive for item in asked}
        if len(marks) == 1 and (n := marks.pop()):
            yield section.name[language], n
            continue
        for item in asked:
            if item.sensitive:
                read = (
                    instrument.wording(item, perspective, language)
                    if perspective
                    else instrument.label(item, language)
                )
                yield read.rstrip("."), item.sensitive


def groups_told(engagement: Engagement, words: Words, perspective: str = "") -> str:
    """The sentences that say for which groups results are shown, and what a member can work out.

    Parameters
    ----------
    perspective
        Only what it is asked is named as sensitive; everything if empty.
    """
    rules = engagement.protection
    kind = "strict" if rules.insider else "text"
    told = [words(f"forms.welcome.groups.{kind}", k=rules.scores, details=rules.details)]
    for name, least in sensitive_parts(engagement.instrument, words.language, perspective):
        # One that asks for no more than everything does says nothing new.
        if least > rules.scores:
            told.append(words("forms.welcome.groups.sensitive", name=name, n=least))
    return " ".join(told)
