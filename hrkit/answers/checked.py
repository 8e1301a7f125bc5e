"""What ``hrkit check`` finds in an engagement's store; it reads and never writes.

Nothing here says how many answers there are: who checks a folder need not learn how many people of
a small group have answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hrkit.answers.fit import misfits, strange_waves
from hrkit.answers.store import open_store
from hrkit.errors import Problem, StoreError
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.settings import as_asked, differences

__all__ = ["Found", "check_store"]


class Found(NamedTuple):
    """What must be mended, and what is only worth knowing."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def check_store(engagement: Engagement) -> Found:
    """Where the store and the engagement's files do not speak of the same things.

    Parameters
    ----------
    engagement
        Its store is opened for reading; where there is none yet, nothing is found.
    """
    if not engagement.has_store:
        return Found()
    problems: list[Problem] = []
    notes: list[str] = []
    try:
        with open_store(engagement, create=False, write=False) as store:
            problems += strange_waves(set(store.read().people["wave"]), engagement)
            for wave in engagement.waves:
                with store.looking(wave.id) as round:
                    if round.frozen is not None and round.settings is not None:
                        notes += _changed(engagement, wave.id, round.settings)
                    elif round.frozen is None:
                        responses = round.responses()
                        begun = as_asked(engagement, round.begun) if len(responses) else engagement
                        problems += misfits(responses, begun, wave.id)
                        notes += _version(begun, wave.id, round.asked)
            problems += _cleared(engagement, set(store.comments()["id"]))
    except StoreError as error:
        problems += error.problems or (Problem("answers", error.summary.rstrip(".")),)
    return Found(tuple(problems), tuple(notes))


def _changed(engagement: Engagement, wave: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """A frozen wave prints as it was kept: say where the file says otherwise now."""
    found = differences(engagement, wave, settings)
    if found:
        yield (
            f"{wave} is frozen and prints as it was released; {FILE} says otherwise now: "
            f"{', '.join(found)}."
        )


def _version(engagement: Engagement, wave: str, asked: tuple[str, str] | None) -> Iterator[str]:
    """An open wave that was asked with another instrument, or another version of it."""
    now = (engagement.instrument.id, engagement.instrument.version)
    if asked is not None and asked != now:
        yield (
            f"answers of {wave} were given to {' '.join(asked)}, and {FILE} has {' '.join(now)}; "
            "what changes the meaning of a question belongs into the next wave."
        )


def _cleared(engagement: Engagement, ids: set[str]) -> Iterator[Problem]:
    for i, comment in enumerate(engagement.comments):
        if comment.id not in ids:
            yield Problem(
                f"{FILE}, comments[{i}]",
                f"{comment.id} is no open answer in the store",
                "take it out; hrkit comments lists those there are",
            )
