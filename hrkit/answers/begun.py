"""The edition of the instrument that an engagement's latest wave was begun with."""

from __future__ import annotations

from hrkit.answers.store import open_store
from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked

__all__ = ["as_begun"]


def as_begun(engagement: Engagement) -> Engagement:
    """The engagement as its latest wave is asked: whoever comes late is asked as those before.

    A wave that nobody has answered, or that is frozen, is asked as the files say now; a store that
    cannot be read says nothing here, and what is wrong with it elsewhere.
    """
    if not engagement.has_store:
        return engagement
    try:
        with (
            open_store(engagement, create=False, write=False) as store,
            store.looking(engagement.wave(None).id) as round,
        ):
            if round.frozen is not None or round.wave not in round.waves():
                return engagement
            return as_asked(engagement, round.begun)
    except StoreError:
        return engagement
