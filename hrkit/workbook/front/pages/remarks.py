"""The open answers, for the person who passes them for print: what is ticked goes into ``engagement.yml``."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.errors import HrkitError
from hrkit.model.yaml_edit import quoted, with_items, with_key, without, without_items
from hrkit.workbook.front import settings
from hrkit.workbook.front.parts import Part, Reply, button, form, text
from hrkit.workbook.front.spoken import translated
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    from hrkit.answers.opening import NoAnswers
    from hrkit.commands.comments import comments

    say = state.say
    parts = [text(say("front.remarks.lead"), "lead"), text(say("front.remarks.care"), "warn")]
    try:
        listed = comments(state.place())
    except NoAnswers:
        return [*parts, text(say("front.remarks.none"))]
    except HrkitError as error:
        return [*parts, text(translated(error.summary, state.language), "quiet")]
    if not listed or not isinstance(listed, tuple):
        return [*parts, text(say("front.remarks.none"))]
    instrument = state.engagement().instrument
    asked, spoken = instrument.keys, instrument.languages
    language = state.language if state.language in spoken else spoken[0]
    own = {
        str(one.get("id")): str(one.get("text") or "")
        for one in settings.read(state.place()).data.get("comments") or ()
    }
    fields: list[Part] = []
    for one in listed:
        fields.append(
            {
                "kind": "remark",
                "id": one.id,
                "label": one.text,
                "question": instrument.label(asked[one.question].item, language)
                if one.question in asked
                else one.question,
                "warning": say(f"front.remarks.{_WHY.get(one.reason, 'few')}")
                if one.warning
                else "",
                "value": one.passed,
                "text": own.get(one.id, ""),
                "wording": say("front.remarks.wording"),
                "pass": say("front.remarks.pass"),
            }
        )
    return [
        *parts,
        form("remarks", fields, [button("remarks:save", say("front.ui.save"), main=True)]),
    ]


#: Why a comment would not be printed: words of the page; none says of how many its side is.
_WHY = {"waits": "waits", "unrated": "alone", "small": "few"}


def _save(state: State, values: Values) -> Reply:
    from hrkit.commands.comments import comments

    file = settings.read(state.place())
    found = comments(state.place())
    listed = {one.id for one in found} if isinstance(found, tuple) else set()
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
