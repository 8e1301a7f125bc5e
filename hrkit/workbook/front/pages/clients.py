"""Choose an engagement of the folder, or make one: anew, or from a client before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrkit.commands.new_names import USUAL, slug
from hrkit.errors import HrkitError
from hrkit.model.languages import languages
from hrkit.model.yaml_edit import quoted, with_items
from hrkit.portfolio.split import folder_name
from hrkit.workbook.front import settings, units
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

__all__ = ["PAGE", "client_name", "yaml_of"]


def _shows(state: State) -> list[Part]:
    say = state.say
    clients = state.clients()
    parts: list[Part] = [text(say("front.clients.lead"), "lead")]
    if clients:
        parts.append(title(say("front.clients.there")))
        parts.append(
            {
                "kind": "buttons",
                "label": say("front.clients.there"),
                "buttons": [
                    button("clients:open", _named(path), values={"folder": path.name})
                    for path in clients
                ],
            }
        )
    parts.append(title(say("front.clients.new")))
    parts.append(_new(state))
    return parts


def client_name(folder: Path) -> str:
    """The client's name; the folder's where it cannot be read."""
    try:
        client = settings.read(folder).data.get("client")
    except HrkitError:
        client = None
    return str(client or folder.name)


def _named(folder: Path) -> str:
    """The client with its folder, for those of one name."""
    return f"{client_name(folder)} ({folder.name})"


def _new(state: State) -> Part:
    from hrkit.commands.instruments import instruments

    say = state.say
    spoken = [(code, one.name) for code, one in languages().items()]
    asked = [(one.id, one.title.get(state.language, one.id)) for one in instruments()]
    asked.sort(key=lambda pair: pair[0] != USUAL)
    before = [
        ("", say("front.clients.nobody")),
        *((path.name, _named(path)) for path in state.clients()),
    ]
    fields = [
        entry("line", "name", say("front.clients.name"), required=True),
        entry("line", "consultant", say("front.clients.consultant")),
        entry(
            "select",
            "like",
            say("front.clients.like"),
            "",
            options=options(before),
            help=say("front.clients.like_help"),
        ),
        entry(
            "select",
            "language",
            say("front.clients.language"),
            state.language,
            options=options(spoken),
        ),
        entry(
            "select", "instrument", say("front.clients.instrument"), USUAL, options=options(asked)
        ),
        entry("area", "units", say("front.clients.units"), help=say("front.clients.units_help")),
        entry("files", "sheet", say("front.clients.sheet"), accept=".xlsx,.csv,.txt,.tsv"),
    ]
    return form("new", fields, [button("clients:new", say("front.clients.make"), main=True)])


def _make(state: State, values: Values) -> Reply:
    from hrkit.commands.new import new

    name, like = chosen(values, "name"), chosen(values, "like")
    folder = state.root / (folder_name(slug(name)) if name else "client")
    listed = _listed(state, values, name)
    how: dict[str, Any] = {}
    if like:
        other = next((one for one in state.clients() if one.name == like), None)
        if other is None:
            raise HrkitError(state.say("front.clients.gone", name=like))
        how["like"] = other
        made = new(folder, name, like=other)
    else:
        how = {"language": chosen(values, "language"), "instrument": chosen(values, "instrument")}
        made = new(folder, name, how["language"], how["instrument"])
    file = settings.read(folder)
    text_ = file.text
    if listed:
        root = str(file.data["units"][0]["id"])
        there = {str(one["id"]) for one in file.data["units"]}
        text_ = with_items(
            text_, "units", [yaml_of(one, root) for one in listed if one.id not in there]
        )
    settings.write(file, text_)
    if consultant := chosen(values, "consultant"):
        file = settings.read(folder)
        settings.write(file, settings.changed(file, {("consultant", "name"): consultant}))
    state.open(folder, "setup")
    state.language = state.language or how.get("language", "")
    notes = [state.say("front.clients.left", what=", ".join(made.left))] if made.left else []
    if "like" in how:
        how["like"] = state.name(how["like"])
    call = called("new", state.name(folder), name, **how)
    return Reply(True, state.say("front.clients.made", name=name), notes=tuple(notes), call=call)


def _listed(state: State, values: Values, name: str) -> tuple[units.ListedUnit, ...]:
    """The units that were pasted or dropped, found out before anything is written."""
    known = {"org": name}
    dropped = state.dropped(values.get("sheet") or ())
    if dropped:
        return units.from_sheet(dropped[0], "org", known)
    pasted = str(values.get("units") or "")
    return units.from_text(pasted, "org", known) if pasted.strip() else ()


def yaml_of(unit: units.ListedUnit, root: str) -> str:
    """A unit as a line of the file."""
    parent = root if unit.parent == "org" else unit.parent
    return f"{{id: {quoted(unit.id)}, name: {quoted(unit.name)}, parent: {quoted(parent)}}}"


PAGE = FrontPage("clients", _shows, {"new": _make}, needs="")
