"""One person at a form: begin, save each answer as it is given, come back later with the code.

Every answer is committed when it is given, so a closed laptop loses nothing.  The session is the
only place that reads one person's answers back, and only to the holder of the code.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from hrkit.answers import batches, gathered
from hrkit.answers.imports import new_key
from hrkit.answers.schema import answers, respondents, waves
from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement

__all__ = [
    "Resumed",
    "Stale",
    "begin",
    "check_answer",
    "check_open",
    "check_open_of",
    "check_person",
    "how",
    "keep_whole",
    "resume",
    "save",
]


class Stale(StoreError):
    """An answer was given in place of one that does not stand any more.

    Attributes
    ----------
    stands
        What does; None where nothing does.
    """

    def __init__(self, stands: str | None) -> None:
        super().__init__("This answer was changed elsewhere.")
        self.stands = stands


class Resumed(NamedTuple):
    """A session found again: whose it is, and the answers so far by (item, facet)."""

    respondent: str
    perspective: str
    unit: str
    answers: dict[tuple[str, str], str]


def check_person(engagement: Engagement, wave: str, unit: str, perspective: str) -> None:
    """Refuse a wave, unit or perspective that the engagement does not have.

    Raises
    ------
    StoreError
        If a unit is not in that wave, or nobody asks the perspective.
    """
    if unit not in {known.id for known in engagement.units_in(wave)}:
        raise StoreError(f"There is no unit {unit!r} in {engagement.id} in the wave {wave}.")
    if perspective not in engagement.instrument.perspectives:
        raise StoreError(f"{engagement.instrument.id} does not ask {perspective!r}.")


def check_answer(
    engagement: Engagement, perspective: str, item: str, facet: str, value: str
) -> None:
    """Refuse an answer to what is not asked of a perspective, or off its scale.

    Raises
    ------
    StoreError
        If it is neither a category, a point of the scale nor a way out; words are taken as they are.
    """
    for question in engagement.instrument.questions(perspective):
        if (question.item.id, question.facet.id) == (item, facet):
            scale = question.facet.scale
            if scale.kind != "text" and value not in scale.answers:
                raise StoreError(
                    f"{item}: {value!r} is not on its scale ({', '.join(sorted(scale.answers))})."
                )
            return
    raise StoreError(f"{perspective} is not asked {item} ({facet}).")


def begin(
    connection: Connection,
    wave: str,
    person: Mapping[str, str | int | None],
    code_hash: str | None,
) -> str:
    """Make a respondent; see `hrkit.answers.store.Store.begin`.

    Parameters
    ----------
    person
        ``unit``, ``perspective``, ``level``, ``pair`` and ``language``, None for unknown; ``batch`` of
        the room in which they answer.
    code_hash
        Of the personal code, scrambled as this store does; None without a code.

    Returns
    -------
    str
        The respondent's random key.

    Raises
    ------
    StoreError
        If the wave is frozen, or the code in use.
    """
    check_open(connection, wave)
    if code_hash is not None and _find(connection, wave, code_hash) is not None:
        raise StoreError("This code is in use in this wave; go on with it, or draw a new one.")
    key = new_key()
    connection.execute(
        insert(respondents).values(key=key, wave=wave, code_hash=code_hash, **person)
    )
    return key


def keep_whole(
    connection: Connection,
    wave: str,
    person: dict[str, str | None],
    given: Mapping[tuple[str, str], str],
    texts: Collection[tuple[str, str]],
) -> str:
    """A respondent with all their answers at once; see `hrkit.answers.store.Store.keep_form`."""
    key = begin(connection, wave, person, None)
    rows = [
        {
            "respondent": key,
            "item": item,
            "facet": facet,
            "value": value,
            "id": secrets.token_hex(8) if (item, facet) in texts else None,
        }
        for (item, facet), value in sorted(given.items())
    ]
    connection.execute(insert(answers), rows)
    return key


def save(
    connection: Connection,
    respondent: str,
    item: str,
    facet: str,
    value: str | None,
    is_text: bool,
    check: Callable[[str], None],
    was: Collection[str | None] | None = None,
    batch: int | None = None,
) -> None:
    """Keep, change or take back one answer; see `hrkit.answers.store.Store.save`.

    Parameters
    ----------
    value
        As stored; None or blank takes the answer back.
    is_text
        Whether it is in words, and gets an id under which a person may pass it for print.
    check
        Called with the respondent's perspective; raises where the answer does not belong.
    was
        What the giver thinks may stand; whatever stands if None.
    batch
        Of the room in which it is given; None elsewhere.

    Raises
    ------
    Stale
        If something else stands, and not this very answer: somebody changed it elsewhere.
    StoreError
        If the session is unknown, the wave frozen, or ``check`` says so.
    """
    row = connection.execute(
        select(respondents.c.wave, respondents.c.perspective).where(respondents.c.key == respondent)
    ).one_or_none()
    if row is None:
        raise StoreError("This session is not in the store; begin again, or resume with the code.")
    check_open(connection, row.wave)
    place = (answers.c.respondent == respondent, answers.c.item == item, answers.c.facet == facet)
    given = value if value is not None and value.strip() else None
    before = connection.scalars(select(answers.c.value).where(*place)).one_or_none()
    if given is not None:
        check(row.perspective)
    if before == given:
        return
    if was is not None and before not in was:
        raise Stale(before)
    if batch is None:
        batches.gone_on(connection, respondent)
    else:
        gathered.goes_on(connection, respondent, batch)
    if given is None:
        connection.execute(delete(answers).where(*place))
        return
    # Other words, another id: what was cleared for print is these words and no others.
    new = {"value": given, "id": secrets.token_hex(8) if is_text else None}
    if before is not None:
        connection.execute(update(answers).where(*place).values(**new))
    else:
        connection.execute(
            insert(answers).values(respondent=respondent, item=item, facet=facet, **new)
        )


def how(connection: Connection, respondent: str, language: str | None, hasty: bool | None) -> None:
    """Keep how somebody answers; see `hrkit.answers.store.Store.answers_how`.

    Raises
    ------
    StoreError
        If the session is unknown or the wave frozen.
    """
    here = respondents.c.key == respondent
    wave = connection.scalars(select(respondents.c.wave).where(here)).one_or_none()
    if wave is None:
        raise StoreError("This session is not in the store; begin again, or resume with the code.")
    check_open(connection, wave)
    new = {"language": language, "hasty": None if hasty is None else int(hasty)}
    told = {name: value for name, value in new.items() if value is not None}
    if told:
        connection.execute(update(respondents).where(here).values(**told))


def resume(connection: Connection, wave: str, code_hash: str) -> Resumed | None:
    """The session of a code; see `hrkit.answers.store.Store.resume`.

    Raises
    ------
    StoreError
        If the wave is frozen.
    """
    check_open(connection, wave)
    key = _find(connection, wave, code_hash)
    if key is None:
        return None
    person = connection.execute(select(respondents).where(respondents.c.key == key)).one()
    given = connection.execute(select(answers).where(answers.c.respondent == key))
    return Resumed(
        key, person.perspective, person.unit, {(row.item, row.facet): row.value for row in given}
    )


def _find(connection: Connection, wave: str, code_hash: str) -> str | None:
    found = select(respondents.c.key).where(
        respondents.c.wave == wave, respondents.c.code_hash == code_hash
    )
    return connection.scalars(found).one_or_none()


def check_open(connection: Connection, wave: str) -> None:
    """Refuse a wave that was released for good.

    Raises
    ------
    StoreError
        If it is frozen.
    """
    day = connection.scalars(select(waves.c.frozen_on).where(waves.c.wave == wave)).one_or_none()
    if day is not None:
        raise StoreError(f"The wave {wave} was released on {day} and takes no more answers.")


def check_open_of(connection: Connection, respondent: str) -> None:
    """Refuse a respondent whose wave was released for good.

    Raises
    ------
    StoreError
        If it is frozen.
    """
    query = select(respondents.c.wave).where(respondents.c.key == respondent)
    wave = connection.scalars(query).one_or_none()
    if wave is not None:
        check_open(connection, wave)
