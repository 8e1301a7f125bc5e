"""Freeze a wave, asked twice, with what it means; and begin the next one."""

from __future__ import annotations

from hrkit.errors import HrkitError
from hrkit.model.languages import languages
from hrkit.model.yaml_edit import quoted, with_items
from hrkit.workbook.front import settings
from hrkit.workbook.front.parts import (
    Part,
    Reply,
    button,
    chosen,
    entry,
    form,
    more,
    options,
    text,
    title,
)
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    say, engagement = state.say, state.engagement()
    waves = [
        (one.id, one.name.get(state.language) or next(iter(one.name.values())))
        for one in reversed(engagement.waves)
    ]
    means = [text(say(f"front.finish.means.{i}")) for i in range(1, 6)]
    parts: list[Part] = [
        text(say("front.finish.lead"), "lead"),
        more(say("front.finish.what"), means, open=True),
    ]
    asked = state.kept.get("freezing")
    if asked is None:
        field = entry(
            "select", "wave", say("front.printing.wave"), waves[0][0], options=options(waves)
        )
        parts.append(form("freeze", [field], [button("finish:ask", say("front.finish.freeze"))]))
    else:
        named = dict(waves).get(asked, asked)
        parts.append(text(say("front.finish.sure", wave=named), "warn"))
        ticks = [
            entry("tick", "read", say("front.finish.read")),
            entry("line", "client", say("front.finish.type", name=engagement.client)),
        ]
        parts.append(
            form(
                "sure",
                ticks,
                [
                    button("finish:freeze", say("front.finish.sure_yes", wave=named)),
                    button("finish:no", say("front.finish.leave"), main=True),
                ],
                say("front.finish.second"),
            )
        )
    parts += _next(state)
    return parts


def _next(state: State) -> list[Part]:
    say, file = state.say, settings.read(state.place())
    if not file.whole:
        return []
    spoken = file.data.get("languages") or [file.data.get("language")]
    fields = [
        entry(
            "line",
            f"name.{code}",
            say("front.finish.name", language=languages()[code].name),
            lang=code,
        )
        for code in spoken
        if code in languages()
    ]
    fields += [entry("date", key, say(f"front.finish.{key}")) for key in ("opens", "closes")]
    return [
        title(say("front.finish.next")),
        text(say("front.finish.next_help"), "quiet"),
        form("next", fields, [button("finish:next", say("front.finish.begin"))]),
    ]


def _ask(state: State, values: Values) -> Reply:
    wave = state.engagement().wave(chosen(values, "wave") or None).id
    state.kept["freezing"] = wave
    return Reply(True, state.say("front.finish.asked"))


def _no(state: State, _values: Values) -> Reply:
    state.kept.pop("freezing", None)
    return Reply(True, state.say("front.finish.left"))


def _freeze(state: State, values: Values) -> Reply:
    """Freeze what was asked about before, if it was read and the client's name was typed."""
    from hrkit.commands.release import release
    from hrkit.text import normal

    wave, engagement = state.kept.get("freezing"), state.engagement()
    if wave is None:
        raise HrkitError(state.say("front.finish.not_asked"))
    if not values.get("read") or normal(chosen(values, "client")) != normal(engagement.client):
        raise HrkitError(state.say("front.finish.not_sure"))
    done = release(state.place(), wave)
    state.kept.clear()
    call = called("release", state.name(), wave)
    day = engagement.words(engagement.language).date(done.day)
    return Reply(True, state.say("front.finish.done", day=day, file=done.audit.name), call=call)


def _begin(state: State, values: Values) -> Reply:
    """Add a wave to the file, with an id of its own, and the templates anew."""
    from hrkit.commands.template import template

    file = settings.read(state.place())
    waves = [str(one.get("id")) for one in file.data.get("waves") or ()]
    number = len(waves) + 1
    while f"w{number}" in waves:
        number += 1
    spoken = file.data.get("languages") or [file.data.get("language")]
    names = {code: chosen(values, f"name.{code}") for code in spoken}
    if missing := [languages()[code].name for code, name in names.items() if not name]:
        raise HrkitError(state.say("front.finish.nameless", languages=", ".join(missing)))
    inner = ", ".join(f"{code}: {quoted(name)}" for code, name in names.items())
    more_ = "".join(
        f", {key}: {quoted(day)}" for key in ("opens", "closes") if (day := chosen(values, key))
    )
    item = f'{{id: "w{number}", name: {{{inner}}}{more_}}}'
    settings.write(file, with_items(file.text, "waves", [item]))
    state.kept.clear()
    template(state.place())
    return Reply(True, state.say("front.finish.begun"), call=called("template", state.name()))


PAGE = FrontPage("finish", _shows, {"ask": _ask, "no": _no, "freeze": _freeze, "next": _begin})
