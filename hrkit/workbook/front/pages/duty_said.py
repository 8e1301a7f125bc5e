"""What the page of duties says, in its language, of what `hrkit.commands.duties` found and did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements
from hrkit.model.figures import date
from hrkit.model.languages import languages
from hrkit.workbook.front.parts import Part, options, table, text
from hrkit.workbook.front.state import State

if TYPE_CHECKING:
    from hrkit.commands.duties.erase import Erased
    from hrkit.commands.duties.purge import Stays
    from hrkit.commands.duties.residue import Residue

__all__ = [
    "acts",
    "asked_about",
    "dated",
    "encrypted",
    "languages_of",
    "left_parts",
    "left_rows",
    "named",
    "notes",
    "papers_of",
    "remains",
    "spoken",
    "stays",
    "waves_of",
    "waves_said",
]


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
    said = [named(state, one) for one in waves]
    return state.say(key, waves=", ".join(said)) if said else state.say(f"{key}_none")


def named(state: State, wave: str) -> str:
    """What a wave is called; one of a tool with the tool's title."""
    tool, _, id = wave.rpartition("/")
    said = dict(waves_of(state)).get(id, id)
    if not tool:
        return said
    title = engagements.load(state.place() / tool).instrument.title
    return f"{said} ({title.get(state.language) or next(iter(title.values()))})"


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
    said = []
    for one in found.rounds:
        wave = named(state, one.wave)
        if one.released is not None:
            said.append(
                state.say(
                    "front.duties.erase.released",
                    wave=wave,
                    day=dated(state, one.released),
                    n=one.least,
                )
            )
        elif one.versions:
            said.append(state.say("front.duties.erase.issued", wave=wave))
    return [*said, state.say("front.duties.erase.unlinked"), state.say("front.duties.erase.copies")]


def stays(state: State, one: Stays) -> str:
    """Why a wave's answers stay."""
    wave = named(state, one.wave)
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
    return [
        text(say("front.duties.left.lead")),
        table(say("front.duties.left.lead"), columns, left_rows(state, left)),
    ]


def notes(state: State, said: Iterable[str], left: Sequence[Residue]) -> tuple[str, ...]:
    """What is worth knowing afterwards: sentences, and the files as lines."""
    return (*said, *(f"{name}: {what} ({done})" for name, what, done in left_rows(state, left)))


def papers_of(state: State) -> list[tuple[str, str]]:
    """Papers with their titles; an engagement's own, too."""
    from hrkit.model.duty_papers import duty_papers

    engagement = state.engagement()
    return [
        (one.id, one.title)
        for one in duty_papers(engagement, spoken(state), engagement.waves[-1].id)
    ]
