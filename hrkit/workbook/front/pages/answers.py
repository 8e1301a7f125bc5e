"""Take a file with answers, with every problem in a table; and see who has answered, as it may be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError
from hrkit.workbook.front.parts import (
    Part,
    Reply,
    button,
    chosen,
    entry,
    form,
    more,
    options,
    problem_rows,
    table,
    text,
    title,
)
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    say = state.say
    parts: list[Part] = [
        title(say("front.answers.take")),
        text(say("front.answers.take_help"), "quiet"),
    ]
    fields = [
        entry("files", "file", say("front.answers.file"), several=True,
              accept=".xlsx,.xlsm,.csv,.txt,.tsv,.json,.hrkit,.yml,.yaml"),
        entry("tick", "replace", say("front.answers.replace")),
        entry("select", "doubles", say("front.answers.doubles"),
              options=options((one, say(f"front.answers.double.{one or 'ask'}")) for one in ("", "same", "other"))),
        entry("select", "twice", say("front.answers.twice"),
              options=options((one, say(f"front.answers.counts.{one or 'ask'}")) for one in ("", "last", "first"))),
    ]  # fmt: skip
    parts.append(
        form(
            "take",
            fields,
            [
                button("answers:check", say("front.answers.check"), main=True),
                button("answers:take", say("front.answers.import")),
            ],
        )
    )
    label = say("front.answers.undo")
    inside: list[Part] = [text(say("front.answers.undo_help"), "quiet")]
    if name := _last(state):
        # By its name: who presses twice takes one import back, not two.
        taken_back = [button("answers:undo", f"{label}: {name}", values={"import": name})]
        inside.append({"kind": "buttons", "label": label, "buttons": taken_back})
    parts.append(more(label, inside))
    parts.append(title(say("front.answers.who")))
    parts += who(state)
    return parts


def who(state: State) -> list[Part]:
    """Who has answered, as far as the gate tells it: a look, which records nothing."""
    say = state.say
    from hrkit.commands.respondents import respondents

    try:
        found = respondents(state.place())
    except HrkitError as error:
        return [text(translated(error.summary, state.language), "quiet")]
    engagement, language = state.engagement(), _spoken(state)
    people = engagement.instrument.people

    def cell(n: int | None) -> str:
        return "–" if n is None else str(n)

    rows = [
        (
            engagement.unit(one.unit).name,
            str(people.name(one.perspectives, "label", language)),
            say("front.answers.untold") if one.answered is None else str(one.answered),
            cell(one.invited),
            cell(one.codes),
        )
        for one in found.rows
    ]
    columns = [
        say(f"front.answers.{key}") for key in ("unit", "group", "answered", "invited", "codes")
    ]
    remind = button("answers:remind", say("front.answers.remind"))
    return [
        text(say("front.answers.who_help"), "quiet"),
        table(say("front.answers.who"), columns, rows),
        text(say("front.answers.remind_help"), "quiet"),
        {"kind": "buttons", "label": say("front.answers.remind"), "buttons": [remind]},
    ]


def _remind(state: State, _values: Values) -> Reply:
    """A reminder as text to send: to units whose people it may go to, or to everybody."""
    from hrkit.commands.respondents import FOLDER

    how = {"language": _spoken(state), "output": str(state.place() / FOLDER)}
    return state.start("respondents", [state.place()], how, state.say("front.answers.remind"))


def _spoken(state: State) -> str:
    engagement = state.engagement()
    return state.language if state.language in engagement.languages else engagement.language


def _asked(state: State, values: Values) -> tuple[list[Path], dict[str, Any]]:
    """The files that were dropped, and how they are to be read."""
    dropped = list(state.dropped(values.get("file") or ()))
    mapping = next((one for one in dropped if one.suffix in (".yml", ".yaml")), None)
    answers = [one for one in dropped if one is not mapping]
    if not answers:
        raise HrkitError(state.say("front.answers.none"))
    how: dict[str, Any] = {}
    if mapping is not None:
        how["mapping"] = mapping
    if values.get("replace"):
        how["replace"] = True
    if doubles := chosen(values, "doubles"):
        how["doubles"] = doubles
    if twice := chosen(values, "twice"):
        how["twice"] = twice
    # Only those that are named now: one that was dropped before may have been the wrong one.
    forms = [one for one in answers if one.suffix.lower() == ".json"]
    files = [one for one in answers if one not in forms]
    # What forms have saved is a file a person, and goes as the folder of all of them.
    return [*files, *(forms if len(forms) < 2 else [state.together(forms)])], how


def _names(files: list[Path]) -> str | list[str]:
    return files[0].name if len(files) == 1 else [one.name for one in files]


def _named(how: dict[str, Any]) -> dict[str, Any]:
    return {key: one.name if isinstance(one, Path) else one for key, one in how.items()}


def _check(state: State, values: Values) -> Reply:
    from hrkit.commands.check import check

    files, how = _asked(state, values)
    found = check(files, state.place(), **how)
    call = called("check", _names(files), state.name(), **_named(how))
    if found.problems:
        summary = state.say("front.answers.wrong", n=len(found.problems))
        return Reply(
            False, summary, problem_rows(found.problems, state.language), found.notes, call
        )
    return Reply(True, state.say("front.answers.good"), notes=found.notes, call=call)


def _take(state: State, values: Values) -> Reply:
    from hrkit.commands.import_answers import import_answers

    files, how = _asked(state, values)
    taken = import_answers(files, state.place(), **how)
    state.drop()
    call = called("import_answers", _names(files), state.name(), **_named(how))
    new = sum(one.added.new + one.added.replaced for one in taken.parts)
    said = state.say("front.answers.taken", n=new) if new else state.say("front.answers.same")
    return Reply(True, said, notes=taken.notes, call=call)


def _last(state: State) -> str:
    """The name of the last import; empty where there is none."""
    from hrkit.commands.imports import imports

    try:
        listed = [one for one in imports(state.place()).batches if not one.in_room]
    except HrkitError:
        return ""
    return listed[-1].name if listed else ""


def _undo(state: State, values: Values) -> Reply:
    """Take the import back that the button named."""
    from hrkit.commands.undo import undo

    name = chosen(values, "import")
    done, say = undo(state.place(), name).undone, state.say
    notes = [
        say(f"front.answers.undone_{key}", n=n)
        for key, n in (("back", done.back), ("left", done.left))
        if n
    ]
    if done.issued:
        notes.append(say("front.answers.undone_issued"))
    call = called("undo", state.name(), *([name] if name else []))
    return Reply(True, say("front.answers.undone", n=done.gone), notes=tuple(notes), call=call)


PAGE = FrontPage(
    "answers", _shows, {"check": _check, "take": _take, "undo": _undo, "remind": _remind}
)
