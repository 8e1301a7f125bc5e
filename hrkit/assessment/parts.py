"""The tools of an engagement that a wave was asked with: each a release and a context of its own.

A report prints a chapter per tool that anybody answered in its wave.  Their stores are apart, and so
are their versions: whatever one says is proved within it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from hrkit.errors import EngagementError, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.records.store import records_of

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = [
    "OPENLY",
    "answered",
    "first_of",
    "issue_all",
    "nobody",
    "parts_of",
    "release_of",
    "unanswered",
    "without_part",
]


#: The report profile that needs no answer to the engagement's own instrument.
OPENLY = "tools"


def parts_of(engagement: Engagement) -> Mapping[str, Engagement]:
    """The parts of an engagement that have a folder, by tool, in the order in which it takes them up.

    Raises
    ------
    EngagementError
        If a part's file cannot be used, or is another tool's.
    """
    found = {}
    for id in engagement.tools:
        if not (engagement.folder / id / FILE).is_file():
            continue
        part = engagements.load(engagement.folder / id)
        if part.instrument.speaks != (id,) or not part.id.startswith(f"{engagement.id}."):
            raise EngagementError(
                f"{id}/{FILE} asks {part.instrument.id} and not {id}; correct instrument there."
            )
        found[id] = part
    return found


def unanswered(engagement: Engagement, wave: str, given: Collection[str]) -> tuple[str, ...]:
    """Tools that are asked in a wave, of which nothing is given; one that is asked in other waves is not missed."""
    asked = {id: rounds for id, rounds in engagement.asked.items() if rounds}
    return tuple(
        id for id in parts_of(engagement) if id not in given and wave in asked.get(id, (wave,))
    )


def without_part(engagement: Engagement) -> tuple[str, ...]:
    """Tools that are taken up, ask groups and have no folder yet."""
    from hrkit.model.tool import tool

    asks = (id for id in engagement.tools if (one := tool(id)) and one.asks)
    return tuple(id for id in asks if not (engagement.folder / id / FILE).is_file())


def answered(part: Engagement, wave: str) -> bool:
    """Whether anybody answered a part in a wave.

    Raises
    ------
    StoreError
        If there is a store that cannot be used.
    """
    from hrkit.answers.neighbours import store_file
    from hrkit.answers.store import open_store

    file = store_file(part)
    if file is not None and (not file.is_file() or not file.stat().st_size):
        return False
    with open_store(part, create=False, write=False) as store, store.looking(wave) as round:
        return bool(set(part.stored_under(wave)) & round.waves()) or round.frozen is not None


def release_of(
    engagement: Engagement, wave: str, how: Callable[[Engagement, str], Released]
) -> Mapping[str, Released]:
    """What is shown of each part that anybody answered, or said openly, in a wave, by tool.

    Parameters
    ----------
    how
        `hrkit.disclosure.release.preview` or ``issue``.
    """
    found = {}
    for id, part in parts_of(engagement).items():
        known = next((one.id for one in part.waves if wave == one.id or wave in one.was), None)
        if known is not None and answered(part, known):
            found[id] = how(part, known)
        elif known is not None and records_of(part).of(part.stored_under(known)).lines:
            found[id] = nobody(part, known)
    return found


def nobody(engagement: Engagement, wave: str) -> Released:
    """What is shown of a wave that nobody answered: no figure, each with its reason; no store is opened."""
    import pandas as pd

    from hrkit.answers.responses import tables
    from hrkit.disclosure.tables import make

    none = pd.DataFrame(columns=["respondent", "item", "facet", "value"])
    made = make(tables([], []), engagement, wave, texts=none)
    return replace(made.released, state="draft")


def first_of(
    engagement: Engagement,
    wave: str,
    how: Callable[[Engagement, str], Released],
    *,
    openly: bool = False,
) -> Released:
    """What is shown of the engagement's own instrument; points to the tools' report where there is that alone.

    Parameters
    ----------
    how
        `hrkit.disclosure.release.preview` or ``issue``.
    openly
        Whether a version without any answer will do, where a tool has something to say.

    Raises
    ------
    StoreError
        If nobody answered the engagement's own instrument in the wave.
    """
    if not engagement.tools or answered(engagement, wave):
        return how(engagement, wave)
    parts = parts_of(engagement)
    beside = [id for id, part in parts.items() if answered(part, wave)]
    said = (
        records_of(one).of(one.stored_under(wave)).lines for one in (engagement, *parts.values())
    )
    if not beside and not any(said):
        return how(engagement, wave)
    if openly:
        return nobody(engagement, wave)
    folder = engagement.folder.name
    own = (f"hrkit report {folder}/{id} --wave {wave}" for id in beside)
    raise StoreError(
        f"Nobody answered {engagement.instrument.id} in {wave}. What the tools say is printed without it: "
        + "; ".join((f"hrkit report {folder} --wave {wave} --profile {OPENLY}", *own))
        + "."
    )


def issue_all(
    engagement: Engagement, wave: str, *, openly: bool = False
) -> tuple[Released, Mapping[str, Released]]:
    """A wave's version and those of its tools, issued; each is a transaction of its own.

    Parameters
    ----------
    openly
        As of `first_of`.

    Raises
    ------
    StoreError
        If a store cannot be used or written, is another engagement's, or the wave has no answers.
    """
    from hrkit.disclosure.release import issue

    whole = first_of(engagement, wave, issue, openly=openly)
    return whole, release_of(engagement, wave, issue)
