"""The open answers, for the person who passes them for print: what is ticked goes into ``engagement.yml``."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.errors import HrkitError
from hrkit.model.yaml_edit import quoted, with_items, with_key, without, without_items
from hrkit.workbook.front import settings
from hrkit.workbook.front.parts import Part, Reply, button, form, text
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    from hrkit.commands.comments import comments

    say = state.say
    parts = [text(say("front.remarks.lead"), "lead"), text(say("front.remarks.care"), "warn")]
    try:
        listed = comments(state.place())
    except HrkitError as error:
        return [*parts, text(error.summary, "quiet")]
    if not listed:
        return [*parts, text(say("front.remarks.none"))]
    own = {
        str(one.get("id")): str(one.get("text") or "")
        for one in settings.read(state.place()).data.get("comments") or ()
    }
    fields: list[Part] = []
    for one in listed:
        fields.append({
            "kind": "remark", "id": one.id, "label": one.text, "question": one.question,
            "warning": say(f"front.remarks.{_why(one.warning)}") if one.warning else "",
            "value": one.passed, "text": own.get(one.id, ""), "wording": say("front.remarks.wording"),
            "pass": say("front.remarks.pass"),
        })  # fmt: skip
    return [
        *parts,
        form("remarks", fields, [button("remarks:save", say("front.ui.save"), main=True)]),
    ]


def _why(warning: str) -> str:
    """Why a comment would not be printed; never of how many the side it comes from is."""
    if warning.startswith("waits"):
        return "waits"
    return "alone" if "rated nothing" in warning else "few"


def _save(state: State, values: Values) -> Reply:
    from hrkit.commands.comments import comments

    file = settings.read(state.place())
    listed = {one.id for one in comments(state.place())}
    before = [str(one.get("id")) for one in file.data.get("comments") or ()]
    said = {
        id: one
        for id, one in (values.get("remarks") or {}).items()
        if id in listed and isinstance(one, Mapping)
    }
    text_ = file.text
    for i, id in enumerate(before):
        if id in said and said[id].get("pass"):
            words = str(said[id].get("text") or "").strip()
            there = str(file.data["comments"][i].get("text") or "")
            if words and words != there:
                text_ = with_key(text_, ("comments", i, "text"), quoted(words))
            elif there and not words:
                text_ = without(text_, [("comments", i, "text")])
    gone = [i for i, id in enumerate(before) if id in said and not said[id].get("pass")]
    text_ = without_items(text_, "comments", gone)
    new = [
        f"{{id: {quoted(id)}{f', text: {quoted(words)}' if (words := str(one.get('text') or '').strip()) else ''}}}"
        for id, one in said.items()
        if one.get("pass") and id not in before
    ]
    settings.write(file, with_items(text_, "comments", new))
    passed = sum(bool(one.get("pass")) for one in said.values())
    call = called("comments", state.name())
    return Reply(True, state.say("front.remarks.saved", n=passed), call=call)


PAGE = FrontPage("remarks", _shows, {"save": _save})
