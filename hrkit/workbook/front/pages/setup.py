"""The engagement's own file as fields: whatever ``check`` says of one stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE
from hrkit.model.languages import languages
from hrkit.workbook.front import settings
from hrkit.workbook.front.pages import saving
from hrkit.workbook.front.pages.own import own_look, own_words
from hrkit.workbook.front.parts import (
    Part,
    button,
    entry,
    form,
    more,
    options,
    problem_rows,
    table,
    text,
)
from hrkit.workbook.front.settings import Place, SettingsFile
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import FrontPage, State

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    say = state.say
    file = settings.read(state.place())
    state.kept["drawn"] = file.text
    found = _check(state)
    parts: list[Part] = []
    if not file.whole:
        parts.append(text(say("front.setup.shared"), "warn"))
    parts += _standing(state, found)
    if file.whole:
        parts += [_folded(one, first=not i) for i, one in enumerate(_forms(state, file, found[0]))]
    return parts


def _folded(one: Part, *, first: bool) -> Part:
    """A form under its heading: open if something in it has to be mended, and the first one."""
    wrong = any(part.get("problem") or part.get("look") == "warn" for part in one["parts"])
    inside = any(field.get("problem") for part in one["parts"] for field in part.get("parts", ()))
    seen = any(part.get("open") for part in one["parts"] if part["kind"] == "more")
    return more(one["legend"], [{**one, "legend": ""}], open=first or wrong or inside or seen)


def _check(state: State) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """What ``check`` says; asked again only when a file of the folder is another one."""
    from hrkit.commands.check import check

    files = sorted(path for path in state.place().rglob("*") if path.is_file())
    stamp = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    known = state.kept.get("check")
    if known is not None and known[0] == stamp:
        return known[1]  # type: ignore[no-any-return]
    try:
        found = check(state.place())
        said = (found.problems, found.notes)
    except HrkitError as error:
        said = (error.problems or (Problem(FILE, error.summary),), ())
    state.kept["check"] = (stamp, said)
    return said


def _standing(state: State, found: tuple[tuple[Problem, ...], tuple[str, ...]]) -> list[Part]:
    """What ``check`` says of all of it."""
    say, (problems, notes) = state.say, found
    parts: list[Part] = []
    if problems:
        columns = [say(f"front.mend.{key}") for key in ("where", "what", "fix")]
        parts.append(text(say("front.setup.mend", n=len(problems)), "warn"))
        parts.append(
            more(
                say("front.mend.caption"),
                [table(say("front.mend.caption"), columns, problem_rows(problems, state.language))],
            )
        )
    else:
        parts.append(text(say("front.setup.good"), "good"))
    if notes:
        parts.append(
            more(
                say("front.setup.notes"), [text(translated(note, state.language)) for note in notes]
            )
        )
    return parts


def _forms(state: State, file: SettingsFile, problems: Sequence[Problem]) -> list[Part]:
    say, data = state.say, file.data

    def field(kind: str, path: str, label: str, **more_: Any) -> Part:
        place: Place = tuple(path.split("/"))
        value = settings.value_at(data, place)
        wrong = settings.problem_at(problems, state.language, place)
        return entry(kind, path, label, "" if value is None else str(value), problem=wrong, **more_)

    spoken = data.get("languages") or [data.get("language", "en")]
    named = {code: one.name for code, one in languages().items()}
    audience = [
        field(
            "area",
            f"audience/{code}",
            f"{say('front.setup.audience')} ({named.get(code, code)})",
            lang=code,
        )
        for code in spoken
    ]
    for one in audience:
        # What is not decided is said of all languages at once: it belongs where nothing is written.
        if not one["value"] and not one["problem"]:
            one["problem"] = settings.problem_at(problems, state.language, ("audience",))
    return [
        form("who", [
            field("line", "client", say("front.clients.name")),
            field("line", "consultant/name", say("front.setup.you")),
            field("line", "consultant/organisation", say("front.setup.firm")),
            field("line", "consultant/email", say("front.setup.email")),
            field("line", "consultant/phone", say("front.setup.phone")),
        ], [button("setup:save", say("front.ui.save"))], say("front.setup.who")),
        form("speaks", [
            field("select", "language", say("front.setup.language"), options=options(named.items())),
            entry("choices", "languages", say("front.setup.languages"), list(spoken), options=options(named.items()),
                  problem=settings.problem_at(problems, state.language, ("languages",))),
            field("select", "sector", say("front.setup.sector"),
                  options=options((one, say(f"front.setup.sectors.{one or 'open'}")) for one in ("", "public", "company"))),
        ], [button("setup:save", say("front.ui.save"))], say("front.setup.speaks")),
        form("audience", [text(say("front.setup.audience_help"), "quiet"), *audience,
            field("number", "protection/scores", say("front.setup.scores"), least=5),
            field("number", "protection/details", say("front.setup.details"), least=10, help=say("front.setup.protection_help")),
        ], [button("setup:save", say("front.ui.save"))], say("front.setup.sees")),
        _waves(state, file, problems),
        _units(state, file, problems),
        _invited(state, file, problems),
        own_look(state, file, field),
        form("report", [
            field("select", "report/profile", say("front.setup.profile"), options=options(profiles(state))),
            field("select", "report/paper", say("front.setup.paper"), options=options([("a4", "A4"), ("us-letter", "US Letter")])),
        ], [button("setup:save", say("front.ui.save"))], say("front.setup.report")),
        own_words(state, file, problems),
    ]  # fmt: skip


def profiles(state: State) -> list[tuple[str, str]]:
    """Report profiles with what they are called; a client's own by its name."""
    from hrkit.assessment.profile import profiles as known

    names = known(state.folder)
    return [
        (one, state.say(f"front.profiles.{one}") if state.known(f"front.profiles.{one}") else one)
        for one in names
    ]


def _waves(state: State, file: SettingsFile, problems: Sequence[Problem]) -> Part:
    """Rounds: what they are called in each language, and when they are open."""
    say = state.say
    fields: list[Part] = []
    spoken = file.data.get("languages") or [file.data.get("language", "en")]
    for i, wave in enumerate(file.data.get("waves") or ()):
        names = wave.get("name") or {}
        fields += [
            entry(
                "line",
                f"waves/{i}/name/{code}",
                say("front.setup.wave_name", id=wave.get("id"), language=languages()[code].name),
                str(names.get(code) or ""),
                lang=code,
                problem=settings.problem_at(problems, state.language, ("waves", i, "name", code)),
            )
            for code in spoken
            if code in languages()
        ]
        fields += [
            entry(
                "date",
                f"waves/{i}/{key}",
                say(f"front.setup.{key}", id=wave.get("id")),
                str(wave.get(key) or ""),
                problem=settings.problem_at(problems, state.language, ("waves", i, key)),
            )
            for key in ("opens", "closes")
        ]
    wrong = [
        one
        for one in problems
        if settings.place_of(one.where) in {("waves", i, "name") for i in range(len(fields))}
    ]
    fields += [
        text("; ".join(translated(it, state.language) for it in (one.what, one.fix)), "warn")
        for one in wrong
    ]
    return form(
        "waves", fields, [button("setup:save", say("front.ui.save"))], say("front.setup.waves")
    )


def _units(state: State, file: SettingsFile, problems: Sequence[Problem]) -> Part:
    say = state.say
    listed = [one for one in file.data.get("units") or () if isinstance(one, Mapping)]
    names = [(str(one.get("id")), str(one.get("name"))) for one in listed]
    rows = [
        {"id": str(one.get("id")), "name": str(one.get("name") or ""), "parent": str(one.get("parent") or "")}
        for one in listed
    ]  # fmt: skip
    columns = [
        {"id": "name", "label": say("front.setup.unit"), "kind": "text"},
        {"id": "parent", "label": say("front.setup.parent"), "kind": "select", "options": options([("", "–"), *names])},
    ]  # fmt: skip
    return form(
        "units",
        [
            entry(
                "rows",
                "units",
                say("front.setup.units"),
                rows,
                columns=columns,
                problem=settings.problem_at(problems, state.language, ("units",)),
            ),
            entry("area", "paste", say("front.setup.paste"), help=say("front.clients.units_help")),
            entry("files", "sheet", say("front.clients.sheet"), accept=".xlsx,.csv,.txt,.tsv"),
        ],
        [button("setup:units", say("front.ui.save"))],
        say("front.setup.units"),
    )


def _invited(state: State, file: SettingsFile, problems: Sequence[Problem]) -> Part:
    """How many are invited in the last wave: units down, perspectives across."""
    say, data = state.say, file.data
    wave = str(data["waves"][-1]["id"]) if data.get("waves") else ""
    asked = _asked(state)
    there = {
        (str(row.get("unit")), str(row.get("perspective"))): row.get("n")
        for row in data.get("invited") or ()
        if row.get("wave") == wave
    }
    rows = [
        {"id": str(one.get("id")), "label": str(one.get("name")),
         "cells": {id: there.get((str(one.get("id")), id), "") for id, _ in asked}}
        for one in data.get("units") or () if isinstance(one, Mapping)
    ]  # fmt: skip
    grid = entry("grid", "invited", say("front.setup.invited"), rows, columns=options(asked),
                 corner=say("front.setup.unit"), help=say("front.setup.invited_help"),
                 problem=settings.problem_at(problems, state.language, ("invited",)))  # fmt: skip
    parts: list[Part] = [grid]
    if (seen := state.kept.get("plan")) is not None:
        parts.append(more(say("front.setup.plan"), [text(seen, "lines")], open=True))
    return form(
        "invited",
        parts,
        [
            button("setup:invited", say("front.ui.save"), values={"wave": wave}),
            button("setup:plan", say("front.setup.plan")),
        ],
        say("front.setup.invited"),
    )


def _asked(state: State) -> list[tuple[str, str]]:
    """Perspectives of the engagement with what they are called."""
    from hrkit.model import engagement_file as engagements

    try:
        instrument = engagements.draft(state.place()).instrument
    except (HrkitError, KeyError, TypeError):
        return []
    language = state.language if state.language in instrument.languages else instrument.languages[0]
    return [
        (id, str(instrument.people.one(id).name("label", language)))
        for id in instrument.perspectives
    ]


PAGE = FrontPage(
    "setup",
    _shows,
    {
        "save": saving.save,
        "units": saving.units_,
        "invited": saving.invited,
        "plan": saving.plan,
        "look": saving.look,
        "words": saving.words,
    },
)
