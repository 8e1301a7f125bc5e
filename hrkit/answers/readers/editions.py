"""Which edition of the instrument a file answers, where the kit has several.

A file says it by its questions.  One that was filled in before the kit asked a new edition is read
with the one it was written for, and so is what follows of the wave; what the file is not is said
aloud, and a file never changes what an engagement has decided to ask.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace

from hrkit.answers.ballots import answer_columns
from hrkit.errors import AnswersError
from hrkit.model.editions import editions, later
from hrkit.model.engagement import Engagement
from hrkit.text import normal

__all__ = ["answered", "asked_before", "say_edition"]

_KEY = re.compile(r"[a-z][\w-]*\.[\w:-]+")


def asked_before(engagement: Engagement) -> Callable[[str], bool]:
    """Whether a heading begins with the key of a question that any edition asks.

    By it, too, it is told which sheets of a workbook hold answers.
    """

    @functools.cache
    def keys() -> frozenset[str]:
        each = editions(engagement.instrument, engagement.terms)
        return frozenset(normal(key) for one in each for key in answer_columns(one))

    def known(heading: str) -> bool:
        key = normal(heading).partition(" ")[0]
        # Reading the editions takes a while: only for what looks like a key.
        return _KEY.fullmatch(key) is not None and key in keys()

    return known


def answered(engagement: Engagement, unknown: Callable[[Engagement], int], name: str) -> Engagement:
    """The engagement with the edition of its instrument that a file answers.

    Parameters
    ----------
    engagement
        As it asks now; this is what comes back where it knows as much of the file as any other.
    unknown
        How much of the file an engagement does not know.
    name
        The file's.

    Raises
    ------
    AnswersError
        If it answers a later edition than the one that is asked here.
    """
    if not unknown(engagement):
        return engagement
    both = (
        engagement if one is engagement.instrument else replace(engagement, instrument=one)
        for one in editions(engagement.instrument, engagement.terms)
    )
    found = min(both, key=unknown)
    now, then = engagement.instrument, found.instrument
    if later(then, now):
        raise AnswersError(
            f"{name} answers {then.id} {then.version}, and {now.id} {now.version} is asked here: "
            "have it answered anew with the template of this engagement (hrkit template), or take "
            f'it into a wave for which engagement.yml says instrument: "{then.id}".'
        )
    return found


def say_edition(name: str, found: Engagement, engagement: Engagement) -> list[str]:
    """What is to be said of a file that answers an earlier edition."""
    if found is engagement:
        return []
    then = found.instrument
    return [
        f"{name} answers {then.id} {then.version}, the edition before {engagement.instrument.version}: "
        "it is read so, and its wave is finished and reported with that edition."
    ]
