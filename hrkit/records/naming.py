"""What in words of one's own may name somebody, told by its form (`hrkit.records.personal`)."""

from __future__ import annotations

from collections.abc import Collection

from hrkit.model.engagement import Engagement
from hrkit.records.personal import contact_in, name_in, number_in, words_in

__all__ = ["KINDS", "known_words", "may_name"]

#: What a text may hold of a person, in the order in which it is told.
KINDS = ("number", "contact", "name")


def known_words(engagement: Engagement) -> frozenset[str]:
    """Words with a capital letter that are nobody's name: those of the kit, the client and its units.

    Of the kit those in the engagement's own languages: "anders" is a word in Dutch, and a name in Danish.
    """
    kit = (
        words_in(str(t)) for c in engagement.languages for t in engagement.words(c).entries.values()
    )
    own = (words_in(unit.name) for unit in engagement.units)
    return frozenset().union(*kit, *own, words_in(engagement.client))


def may_name(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What a text may hold of a person: ``number``, ``contact``, ``name``; empty for nothing.

    >>> may_name("Aftalt med Mette Holm, jo@example.org", ())
    ('contact', 'name')
    """
    held = (number_in(text), contact_in(text), name_in(text, known))
    return tuple(kind for kind, is_there in zip(KINDS, held, strict=True) if is_there)
