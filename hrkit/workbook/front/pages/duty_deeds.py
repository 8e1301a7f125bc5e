"""What the buttons of the page of duties do, and what is said of it in the page's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from hrkit.errors import HrkitError
from hrkit.model.figures import date
from hrkit.model.languages import languages
from hrkit.workbook.front.parts import Part, Reply, chosen, options, table, text
from hrkit.workbook.front.state import State, Values, called

if TYPE_CHECKING:
    from hrkit.commands.duties.erase import Erased
    from hrkit.commands.duties.purge import Stays
    from hrkit.commands.duties.residue import Residue

__all__ = [
    "acts",
    "asked_about",
    "dated",
    "decrypt_",
    "deliver_",
    "encrypt_",
    "encrypted",
    "erase_",
    "erase_look",
    "languages_of",
    "leave",
    "left_parts",
    "papers",
    "papers_of",
    "purge_",
    "purge_look",
    "remains",
    "spoken",
    "stays",
    "subject",
    "waves_of",
    "waves_said",
]

#: What stands in place of what somebody typed, where the same is said in Python.
_UNTOLD = "…"


def asked_about(state: State) -> str:
    """Which of the two questions waits for its second answer."""
    return next(
        (k for k, at in (("erase", "erasing"), ("purge", "purging")) if at in state.kept), ""
    )


def dated(state: State, day: dt.date) -> str:
    """A day in the page's language."""
    return date(day, state.language)


def spoken(state: State) -> str:
    """The page's language where the questionnaire has it, else the engagement's."""
    engagement = state.engagement()
    return (
        state.language if state.language in engagement.instrument.languages else engagement.language
    )


def languages_of(state: State) -> list[list[str]]:
    """The questionnaire's languages, to choose from."""
    there = state.engagement().instrument.languages
    return options((code, languages()[code].name) for code in there if code in languages())


def waves_of(state: State) -> list[tuple[str, str]]:
    """Waves with what they are called, the last first."""
    return [
        (one.id, one.name.get(state.language) or next(iter(one.name.values())))
        for one in reversed(state.engagement().waves)
    ]


def waves_said(state: State, waves: Iterable[str], key: str) -> str:
    """A sentence about waves by their names; another one where there are none."""
    named = dict(waves_of(state))
    said = [named.get(one, one) for one in waves]
    return state.say(key, waves=", ".join(said)) if said else state.say(f"{key}_none")


def encrypted(state: State) -> bool:
    """Whether the engagement's store is encrypted."""
    from hrkit.answers.neighbours import store_file
    from hrkit.storage.cipher import is_encrypted

    path = store_file(state.engagement())
    return path is not None and is_encrypted(path)


def acts(state: State) -> list[tuple[str, str, str, str]]:
    """What was done, the last first."""
    from hrkit.commands.duties.audit import audit

    return [
        (
            dated(state, one.day),
            one.who or "–",
            state.say(f"front.duties.audit.acts.{one.what.replace(' ', '_')}"),
            one.about,
        )
        for one in reversed(audit(state.place()))
    ]


def remains(state: State, found: Erased) -> list[str]:
    """What stays of what was released, and what nobody can find."""
    named, said = dict(waves_of(state)), []
    for one in found.rounds:
        wave = named.get(one.wave, one.wave)
        if one.released is not None:
            said.append(state.say("front.duties.erase.released", wave=wave, day=dated(state, one.released), n=one.least))  # fmt: skip
        elif one.versions:
            said.append(state.say("front.duties.erase.issued", wave=wave))
    return [*said, state.say("front.duties.erase.unlinked"), state.say("front.duties.erase.copies")]


def stays(state: State, one: Stays) -> str:
    """Why a wave's answers stay."""
    wave = dict(waves_of(state)).get(one.wave, one.wave)
    if not one.known:
        return state.say("front.duties.purge.unknown", wave=wave)
    if one.ended is None:
        return state.say("front.duties.purge.open", wave=wave)
    return state.say("front.duties.purge.ended", wave=wave, day=dated(state, one.ended))


def left_rows(state: State, left: Sequence[Residue]) -> list[tuple[str, str, str]]:
    """Files in which something still stands: which, what, and what was done."""
    say, rows = state.say, []
    for one in left:
        done = "gone" if one.gone else "emptied" if one.emptied else "there"
        try:
            name = one.path.relative_to(state.place()).as_posix()
        except ValueError:
            name = one.path.name
        rows.append((name, say(f"front.duties.left.{one.kind}"), say(f"front.duties.left.{done}")))
    return rows


def left_parts(state: State, left: Sequence[Residue]) -> list[Part]:
    """The same as a table; nothing where there is none."""
    if not left:
        return []
    say = state.say
    columns = [say(f"front.duties.left.{key}") for key in ("file", "what", "state")]
    return [text(say("front.duties.left.lead")), table(say("front.duties.left.lead"), columns, left_rows(state, left))]  # fmt: skip


def _notes(state: State, said: Iterable[str], left: Sequence[Residue]) -> tuple[str, ...]:
    """What is worth knowing afterwards: sentences, and the files as lines."""
    return (*said, *(f"{name}: {what} ({done})" for name, what, done in left_rows(state, left)))


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
        waves_said(state, done.waves, "front.duties.erase.done"),
        notes=_notes(state, remains(state, done), done.left),
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
    state.kept["duty"] = asked_about(state)
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
        notes = tuple(stays(state, one) for one in found.kept)
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
        waves_said(state, done.waves, "front.duties.purge.done"),
        notes=_notes(state, (stays(state, one) for one in done.kept), done.left),
        call=called("duties.purge", state.name(), **how),
    )


# ------------------------------------------------------------------------- papers, zip, encryption


def papers_of(state: State) -> list[tuple[str, str]]:
    """Papers with their titles; an engagement's own, too."""
    from hrkit.model.duty_papers import duty_papers

    engagement = state.engagement()
    return [(one.id, one.title) for one in duty_papers(engagement, spoken(state), engagement.waves[-1].id)]  # fmt: skip


def papers(state: State, values: Values) -> Reply:
    """Write the papers, in a process of its own."""
    state.kept["duty"] = "papers"
    names = [one for one, _ in papers_of(state) if one in (values.get("names") or ())]
    given = {"names": names, "language": chosen(values, "language"), "overwrite": bool(values.get("overwrite"))}  # fmt: skip
    return state.start("duties.papers", [state.place()], given, state.say("front.duties.papers.title"))  # fmt: skip


def _password(state: State, values: Values, key: str) -> str:
    said = str(values.get(key) or "")
    if said != str(values.get("again") or ""):
        raise HrkitError(state.say("front.duties.differ"))
    if len(said) < 12:
        raise HrkitError(state.say("front.duties.short"))
    return said


def deliver_(state: State, values: Values) -> Reply:
    """Pack the printed files of a wave; a password goes into no message and no words."""
    from hrkit.commands.deliver import deliver

    state.kept["duty"] = "deliver"
    password = _password(state, values, "password")
    how: dict[str, Any] = {"wave": chosen(values, "wave")}
    if values.get("overwrite"):
        how["overwrite"] = True
    done = deliver(state.place(), password=password, **how)
    listed = tuple(f"{name}: {size:,} B, SHA-256 {digest[:16]}…".replace(",", " ") for name, size, digest in done.contents)  # fmt: skip
    said = state.say("front.duties.deliver.done", name=done.path.name)
    return Reply(True, said, notes=listed, call=called("deliver", state.name(), **how))


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
