"""Take tools up beside the instrument."""

from __future__ import annotations

from hrkit.workbook.front.parts import Part, Reply, button, entry, form, options, text
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    from hrkit.commands.tools import tools

    say, engagement = state.say, state.engagement()
    parts = [text(say("front.tools.lead"), "lead")]
    language = state.language
    offered = [one for one in tools().known if one.id not in engagement.tools]
    taken = [one for one in tools().known if one.id in engagement.tools]
    if taken:
        names = engagement.words(engagement.language).join([one.title[language] for one in taken])
        parts.append(text(say("front.tools.taken", names=names)))
    pairs = []
    for one in offered:
        time = say("front.tools.minutes", n=one.meeting) if one.meeting else ""
        pairs.append(
            (
                one.id,
                " ".join(x for x in (f"{one.title[language]}.", one.purpose[language], time) if x),
            )
        )
    if pairs:
        field = entry("choices", "tools", say("front.tools.offered"), [], options=options(pairs))
        parts.append(
            form("tools", [field], [button("tools:take", say("front.tools.take"), main=True)])
        )
    return parts


def _take(state: State, values: Values) -> Reply:
    from hrkit.commands.tools import tools

    wanted = [str(one) for one in values.get("tools") or ()]
    done = tools(state.place(), wanted)
    folders = sorted({path.parent.name for path in done.written if path.parent != state.place()})
    notes = (state.say("front.tools.folders", names=", ".join(folders)),) if folders else ()
    call = called("tools", state.name(), wanted)
    return Reply(True, state.say("front.tools.done"), notes=notes, call=call)


PAGE = FrontPage("tools", _shows, {"take": _take})
