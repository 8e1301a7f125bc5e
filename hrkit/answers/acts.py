"""What was done with a store, by whom and on which day; never an answer, and never whose.

It stands among the releases, under no wave: a record of what was done is kept as long as the store,
through every purge.  No act is finer than a day, so that nothing tells when anybody answered.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from hrkit.answers.schema import imports, meta, releases, waves

__all__ = ["KINDS", "NO_WAVE", "Act", "acts", "note"]

#: The wave under which acts stand.
NO_WAVE = ""
#: What may be done: the words in which it is kept.
KINDS = (
    "made",
    "import",
    "codes",
    "take back",
    "undo",
    "issue",
    "freeze",
    "export",
    "erase",
    "purge",
    "encrypt",
    "decrypt",
    "deliver",
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done.

    Attributes
    ----------
    who
        The account of the machine on which it was done; empty where that was not kept.
    what
        One of `KINDS`.
    about
        Waves, numbers of files or codes: never an answer, a code or a person.
    """

    day: dt.date
    who: str
    what: str
    about: str = ""


def note(connection: Connection, what: str, about: str = "") -> None:
    """Write down that something was done, in the transaction in which it is done."""
    who = ""
    with contextlib.suppress(Exception):  # no account has a name everywhere
        who = getpass.getuser()
    audit = json.dumps({"act": what, "who": who, "about": about}, ensure_ascii=False)
    # Numbers below zero: versions count on from one, whatever else is done.
    last = connection.scalars(select(func.min(releases.c.id))).one()
    row = {"id": min(last or 0, 0) - 1, "wave": NO_WAVE, "day": dt.date.today(), "audit": audit}
    connection.execute(insert(releases).values(**row))


def acts(connection: Connection) -> tuple[Act, ...]:
    """Everything that was done, oldest first; what is older than this record is told by the tables."""
    noted = []
    for row in connection.execute(select(releases).order_by(releases.c.id.desc())):
        if row.wave == NO_WAVE:
            said = json.loads(row.audit)
            noted.append(Act(row.day, said["who"], said["act"], said["about"]))
    known = {(one.what, one.day) for one in noted}
    older = [Act(connection.scalars(select(meta.c.created)).one(), "", "made")]
    older += [
        Act(row.day, "", "import", f"{row.wave}: {row.rows}")
        for row in connection.execute(select(imports))
        if ("import", row.day) not in known
    ]
    older += [
        Act(row.day, "", "issue", row.wave)
        for row in connection.execute(select(releases).where(releases.c.wave != NO_WAVE))
        if ("issue", row.day) not in known
    ]
    older += [
        Act(row.frozen_on, "", "freeze", row.wave)
        for row in connection.execute(select(waves))
        if ("freeze", row.frozen_on) not in known
    ]
    place = {what: i for i, what in enumerate(KINDS)}
    return tuple(sorted([*older, *noted], key=lambda one: (one.day, place.get(one.what, 99))))
