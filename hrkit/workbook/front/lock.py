"""An engagement that is encrypted is opened with its key before anything of it is shown."""

from __future__ import annotations

from hrkit.commands.duties.secret import locked, unlock
from hrkit.errors import HrkitError
from hrkit.workbook.front.parts import Part, Reply, button, entry, form, text
from hrkit.workbook.front.state import State, Values

__all__ = ["shows", "unlocked"]


def shows(state: State) -> list[Part]:
    """A field for the key, where it is needed; nothing otherwise."""
    try:
        if state.folder is None or not locked(state.folder):
            return []
    except HrkitError:
        return []  # the set-up page says what is wrong with it
    say = state.say
    return [
        text(say("front.lock.lead"), "lead"),
        form(
            "unlock",
            [entry("password", "key", say("front.lock.key"))],
            [button("lock:key", say("front.lock.open"), main=True)],
        ),
    ]


def unlocked(state: State, values: Values) -> Reply:
    """Open it: the key is kept by this process alone, and for as long as that runs."""
    try:
        unlock(state.place(), str(values.get("key") or ""))
    except HrkitError as error:
        return Reply(False, state.say("front.lock.other"), notes=(error.summary,))
    return Reply(True, state.say("front.lock.opened"))
