"""What ``hrkit check`` finds in an engagement's store; it reads and never writes.

Nothing here says how many answers there are: who checks a folder need not learn how many people of
a small group have answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from hrkit.answers.fit import misfits, strange_waves
from hrkit.answers.responses import Responses
from hrkit.answers.store import Store, open_store
from hrkit.errors import Problem, StoreError
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.settings import differences

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
    try:
        with open_store(engagement, create=False) as store:
            responses = store.read()
            waves = set(responses.people["wave"])
            problems = [*strange_waves(waves, engagement)]
            notes: list[str] = []
            for wave in engagement.waves:
                stored = engagement.stored_under(wave.id)
                if store.frozen(wave.id) is not None:
                    notes += _changed(engagement, store, wave.id)
                    continue
                mine = _of(responses, stored)
                problems += misfits(mine, engagement, wave.id)
                notes += _version(engagement, store, wave.id)
            problems += _cleared(engagement, set(store.comments()["id"]))
            return Found(tuple(problems), tuple(notes))
    except StoreError as error:
        return Found(error.problems or (Problem("answers", error.summary.rstrip(".")),))


def _of(responses: Responses, waves: tuple[str, ...]) -> Responses:
    people = responses.people[responses.people["wave"].isin(waves)]
    answers = responses.answers[responses.answers["respondent"].isin(people["respondent"])]
    return Responses(people, answers)


def _changed(engagement: Engagement, store: Store, wave: str) -> Iterator[str]:
    """A frozen wave prints as it was kept: say where the file says otherwise now."""
    for one in store.releases(wave)[-1:]:
        settings = one.audit.get("released", {}).get("settings")
        found = differences(engagement, wave, json.loads(settings)) if settings else ()
        if found:
            yield (
                f"{wave} is frozen and prints as it was released; {FILE} says otherwise now: "
                f"{', '.join(found)}."
            )


def _version(engagement: Engagement, store: Store, wave: str) -> Iterator[str]:
    """An open wave whose last version was made with another version of the instrument."""
    for one in store.releases(wave)[-1:]:
        released = one.audit.get("released", {})
        then = f"{released.get('instrument')} {released.get('version')}"
        now = f"{engagement.instrument.id} {engagement.instrument.version}"
        if released and then != now:
            yield (
                f"{wave} is open and was shown as {then}; the instrument is {now} now. "
                "A change that matters belongs into the next wave."
            )


def _cleared(engagement: Engagement, ids: set[str]) -> Iterator[Problem]:
    for i, comment in enumerate(engagement.comments):
        if comment.id not in ids:
            yield Problem(f"{FILE}, comments[{i}]", f"{comment.id} is no open answer in the store",
                          "take it out; hrkit comments lists those there are")  # fmt: skip
