"""What the buttons of the page of duties do, and what is said of it in the page's language."""

from __future__ import annotations

from typing import Any

from hrkit.errors import HrkitError
from hrkit.workbook.front.pages import duty_said as said
from hrkit.workbook.front.parts import Reply, chosen
from hrkit.workbook.front.state import State, Values, called

__all__ = [
    "decrypt_",
    "deliver_",
    "encrypt_",
    "erase_",
    "erase_look",
    "leave",
    "papers",
    "purge_",
    "purge_look",
    "subject",
]

#: What stands in place of what somebody typed, where the same is said in Python.
_UNTOLD = "…"


# ----------------------------------------------------------------------------------- one person


def _typed(state: State, values: Values) -> str:
    if not (code := chosen(values, "code")):
        raise HrkitError(state.say("front.duties.no_code"))
    return code


def subject(state: State, values: Values) -> Reply:
    """Write what lies under a code; the files are named and not brought into the page."""
    from hrkit.commands.duties.export_subject import export_subject

    state.kept["duty"] = "subject"
    code, how = _typed(state, values), {"language": chosen(values, "language")}
    done = export_subject(state.place(), code, overwrite=True, **how)
    names = ", ".join(f"{one.parent.name}/{one.name}" for one in done.paths)
    call = called("duties.export_subject", state.name(), _UNTOLD, **how)
    return Reply(True, state.say("front.duties.subject.done", files=names), call=call)


def erase_look(state: State, values: Values) -> Reply:
    """Say what would go."""
    from hrkit.commands.duties.erase import erase

    state.kept["duty"] = "erase"
    code = _typed(state, values)
    state.kept["erasing"] = (code, erase(state.place(), code, rehearse=True))
    return Reply(True, state.say("front.duties.erase.asked"))


def erase_(state: State, values: Values) -> Reply:
    """Erase what was looked at, if it was read and the client's name was typed."""
    from hrkit.commands.duties.erase import erase

    code, files = _sure(state, values, "erasing"), bool(values.get("files"))
    done = erase(state.place(), code, files=files)
    state.kept.clear()
    state.kept["duty"] = "erase"
    how = {"files": True} if files else {}
    return Reply(
        True,
        said.waves_said(state, done.waves, "front.duties.erase.done"),
        notes=said.notes(state, said.remains(state, done), done.left),
        call=called("duties.erase", state.name(), _UNTOLD, **how),
    )


def _sure(state: State, values: Values, key: str) -> Any:
    from hrkit.text import normal

    if (looked := state.kept.get(key)) is None:
        raise HrkitError(state.say("front.duties.not_looked"))
    name = state.engagement().client
    if not values.get("read") or normal(chosen(values, "client")) != normal(name):
        raise HrkitError(state.say("front.duties.not_sure"))
    return looked[0]


def leave(state: State, _values: Values) -> Reply:
    """Nothing is erased after all."""
    state.kept["duty"] = said.asked_about(state)
    for key in ("erasing", "purging"):
        state.kept.pop(key, None)
    return Reply(True, state.say("front.duties.left_alone"))


# ------------------------------------------------------------------------------------ all of them


def purge_look(state: State, values: Values) -> Reply:
    """Say whose answers would go."""
    from hrkit.commands.duties.purge import purge

    state.kept["duty"] = "purge"
    wave, before = chosen(values, "wave"), chosen(values, "before")
    if not wave and not before and state.engagement().duties.answers_until is None:
        raise HrkitError(state.say("front.duties.purge.no_day"))
    how = {key: one for key, one in (("wave", wave), ("older_than", before)) if one}
    found = purge(state.place(), rehearse=True, **how)  # type: ignore[arg-type]
    if not found.waves:
        notes = tuple(said.stays(state, one) for one in found.kept)
        return Reply(True, state.say("front.duties.purge.found_none"), notes=notes)
    state.kept["purging"] = (how, found)
    return Reply(True, state.say("front.duties.erase.asked"))


def purge_(state: State, values: Values) -> Reply:
    """Erase the answers of the waves that were looked at."""
    from hrkit.commands.duties.purge import purge

    how = dict(_sure(state, values, "purging"))
    if values.get("files"):
        how["files"] = True
    done = purge(state.place(), **how)
    state.kept.clear()
    state.kept["duty"] = "purge"
    return Reply(
        True,
        said.waves_said(state, done.waves, "front.duties.purge.done"),
        notes=said.notes(state, (said.stays(state, one) for one in done.kept), done.left),
        call=called("duties.purge", state.name(), **how),
    )


# ------------------------------------------------------------------------- papers, zip, encryption


def papers(state: State, values: Values) -> Reply:
    """Write the papers, in a process of its own."""
    state.kept["duty"] = "papers"
    names = [one for one, _ in said.papers_of(state) if one in (values.get("names") or ())]
    given = {
        "names": names,
        "language": chosen(values, "language"),
        "overwrite": bool(values.get("overwrite")),
    }
    return state.start(
        "duties.papers", [state.place()], given, state.say("front.duties.papers.title")
    )


def _password(state: State, values: Values, key: str) -> str:
    typed = str(values.get(key) or "")
    if typed != str(values.get("again") or ""):
        raise HrkitError(state.say("front.duties.differ"))
    if len(typed) < 12:
        raise HrkitError(state.say("front.duties.short"))
    return typed


def deliver_(state: State, values: Values) -> Reply:
    """Pack the printed files of a wave; a password goes into no message and no words."""
    from hrkit.commands.deliver import deliver

    state.kept["duty"] = "deliver"
    password = _password(state, values, "password")
    how: dict[str, Any] = {"wave": chosen(values, "wave")}
    if values.get("overwrite"):
        how["overwrite"] = True
    done = deliver(state.place(), password=password, **how)
    listed = tuple(
        f"{name}: {size:,} B, SHA-256 {digest[:16]}…".replace(",", " ")
        for name, size, digest in done.contents
    )
    packed = state.say("front.duties.deliver.done", name=done.path.name)
    return Reply(True, packed, notes=listed, call=called("deliver", state.name(), **how))


def encrypt_(state: State, values: Values) -> Reply:
    """Encrypt store and records; the key stays in this process, and in the keyring if wanted."""
    from hrkit.commands.duties.secret import encrypt

    state.kept["duty"] = "encrypt"
    if not values.get("read"):
        raise HrkitError(state.say("front.duties.encrypt.not_read"))
    key, how = _password(state, values, "key"), {"remember": True} if values.get("remember") else {}
    encrypt(state.place(), key=key, **how)  # type: ignore[arg-type]
    call = called("duties.encrypt", state.name(), **how)
    return Reply(True, state.say("front.duties.encrypt.now"), call=call)


def decrypt_(state: State, values: Values) -> Reply:
    """Make them plain files again."""
    from hrkit.commands.duties.secret import decrypt

    state.kept["duty"] = "encrypt"
    if not values.get("read"):
        raise HrkitError(state.say("front.duties.encrypt.not_plain"))
    decrypt(state.place())
    call = called("duties.decrypt", state.name())
    return Reply(True, state.say("front.duties.encrypt.again_plain"), call=call)
