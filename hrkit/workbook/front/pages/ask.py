"""Ask people: the form in a notebook, the room for phones, slips, paper, forms that are one file."""

from __future__ import annotations

import contextlib
from typing import Any

from hrkit.errors import HrkitError
from hrkit.workbook.front.jobs import Job
from hrkit.workbook.front.parts import (
    Part,
    Reply,
    button,
    chosen,
    entry,
    form,
    options,
    text,
    title,
)
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]

#: Notebooks that are opened from here: what they are for.
_NOTEBOOKS = (("1_collect.ipynb", "front.ask.form"), ("2_workshop.ipynb", "front.ask.workshop"))


def _shows(state: State) -> list[Part]:
    say, engagement = state.say, state.engagement()
    parts: list[Part] = [text(say("front.ask.lead"), "lead")]
    links = [(say(key), state.served(state.place() / name)) for name, key in _NOTEBOOKS]
    parts.append(title(say("front.ask.here")))
    parts.append({"kind": "links", "items": [[label, href] for label, href in links if href]})
    if not any(href for _, href in links):
        parts.append(text(say("front.ask.by_hand"), "quiet"))
    parts.append(title(say("front.ask.room")))
    parts += _room(state)
    spoken = [(code, name) for code, name in _languages(engagement)]
    language = entry(
        "select",
        "language",
        say("front.printing.language"),
        engagement.language,
        options=options(spoken),
    )
    parts.append(title(say("front.ask.apart")))
    parts.append(
        form(
            "apart",
            [language],
            [
                button("ask:codes", say("front.ask.codes")),
                button("ask:paper", say("front.ask.paper")),
                button("ask:letters", say("front.ask.letters")),
                button("ask:files", say("front.ask.files")),
                button("ask:templates", say("front.ask.templates")),
            ],
        )
    )
    parts.append(text(say("front.ask.apart_help"), "quiet"))
    return parts


def _languages(engagement: Any) -> list[tuple[str, str]]:
    from hrkit.model.languages import languages

    return [(code, languages()[code].name) for code in engagement.languages]


def _room(state: State) -> list[Part]:
    """The room: opened from here, led on its own page; its keys never come to this one."""
    from hrkit.room import live

    say = state.say
    running = live.found(state.place())
    said = live.answers(running) if running is not None else None
    if running is not None and said is not None:
        counts = said.get("count") or {}
        of = counts.get("of")
        total = (
            say("front.ask.of", done=counts.get("done", 0), of=of)
            if of
            else say("front.ask.done", n=counts.get("done", 0))
        )
        return [
            text(say("front.ask.open", address=running.phones.partition("#")[0])),
            text(total),
            {
                "kind": "buttons",
                "label": say("front.ask.room"),
                "buttons": [
                    button("ask:lead", say("front.ask.lead_room"), main=True),
                    button("ask:wall", say("front.ask.wall")),
                    button("ask:look", say("front.ask.look")),
                    button("ask:stop", say("front.ask.stop")),
                ],
            },
        ]
    fields = [
        entry("line", "address", say("front.ask.address"), help=say("front.ask.address_help")),
        entry("line", "wifi", say("front.ask.wifi")),
        entry("password", "password", say("front.ask.password")),
    ]
    return [
        text(say("front.ask.room_help"), "quiet"),
        form("room", fields, [button("ask:begin", say("front.ask.begin"), main=True)]),
    ]


def _begin(state: State, values: Values) -> Reply:
    from hrkit.commands.room import room

    how = {key: said for key in ("address", "wifi") if (said := chosen(values, key))}
    room(state.place(), **how, password=str(values.get("password") or ""))  # type: ignore[arg-type]
    # The password is not among the words: the page and the notebook may be saved.
    return Reply(True, state.say("front.ask.begun"), call=called("room", state.name(), **how))


def _opened(state: State) -> Any:
    from hrkit.commands.room import room
    from hrkit.room import live

    if live.found(state.place()) is None:
        raise HrkitError(state.say("front.ask.gone"))
    return room(state.place())


def _lead(state: State, _values: Values) -> Reply:
    _opened(state).lead()
    return Reply(True, state.say("front.ask.opened"), call=called("room", state.name()) + ".lead()")


def _wall(state: State, _values: Values) -> Reply:
    _opened(state).show()
    return Reply(True, state.say("front.ask.opened"), call=called("room", state.name()) + ".show()")


def _stop(state: State, _values: Values) -> Reply:
    with contextlib.suppress(ProcessLookupError):
        _opened(state).stop()
    return Reply(
        True, state.say("front.ask.stopped"), call=called("room", state.name()) + ".stop()"
    )


def _codes(state: State, _values: Values) -> Reply:
    return state.start("codes", [state.place()], {}, state.say("front.ask.codes"))


def _paper(state: State, values: Values) -> Reply:
    engagement = state.engagement()
    names = [f"questionnaire-{id}" for id in engagement.instrument.perspectives]
    how = {"language": chosen(values, "language")}
    return state.start("print_papers", [state.place(), names], how, state.say("front.ask.paper"))


def _letters(state: State, values: Values) -> Reply:
    how = {"language": chosen(values, "language")}
    return state.start("letters", [state.place()], how, state.say("front.ask.letters"))


def _files(state: State, _values: Values) -> Reply:
    return state.start("form", [state.place()], {}, state.say("front.ask.files"))


def _templates(state: State, _values: Values) -> Reply:
    return state.start("template", [state.place()], {}, state.say("front.ask.templates"))


def _ended(state: State, job: Job) -> Reply | None:
    if job.name != "codes" or job.state != "done":
        return None
    if not job.files:
        return Reply(True, state.say("front.ask.no_codes"))
    return Reply(True, state.say("front.ask.codes_made"))


PAGE = FrontPage(
    "ask",
    _shows,
    {
        "begin": _begin,
        "lead": _lead,
        "wall": _wall,
        "look": lambda _state, _values: None,
        "stop": _stop,
        "codes": _codes,
        "paper": _paper,
        "letters": _letters,
        "files": _files,
        "templates": _templates,
    },
    ended=_ended,
)
