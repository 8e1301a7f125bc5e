"""The other questionnaires of an engagement: the whole, and the tools that have a folder in it."""

from __future__ import annotations

from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.part import UP
from hrkit.model.tool import available

__all__ = ["dropped", "home_of", "others_of", "whole_of"]


def home_of(engagement: Engagement) -> str:
    """The id of the whole that an engagement is, or is a part of."""
    # No whole can be called so: see `hrkit.model.part.part_id`.
    return engagement.id.partition(".")[0]


def whole_of(engagement: Engagement) -> Engagement:
    """The whole that an engagement is, or is a part of; itself where the whole's file is not there.

    Raises
    ------
    EngagementError
        If the whole's file cannot be used.
    """
    folder = engagement.folder / UP
    if home_of(engagement) == engagement.id or not (folder / FILE).is_file():
        return engagement
    return engagements.load(folder)


def others_of(engagement: Engagement) -> tuple[Engagement, ...]:
    """The whole, if this is a part, and every other part of it that has a folder, also of a tool that was dropped.

    Raises
    ------
    EngagementError
        If the file of one of them cannot be used.
    """
    whole = whole_of(engagement)
    if whole.id != home_of(engagement):
        return ()
    parts = [
        engagements.load(whole.folder / id)
        for id in (*whole.tools, *dropped(whole))
        if (whole.folder / id / FILE).is_file()
    ]
    mine = [one for one in parts if home_of(one) == whole.id]
    return tuple(one for one in (whole, *mine) if one.id != engagement.id)


def dropped(whole: Engagement) -> tuple[str, ...]:
    """Tools that a whole does not name any more, whose folder still lies in it: what they printed was printed."""
    return tuple(
        one.id
        for one in available()
        if one.id not in whole.tools and (whole.folder / one.id / FILE).is_file()
    )
