"""Choose, strike and word the advice that the report may print."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement
from hrkit.workbook.front.choosing import Decided, choices, write_choices
from hrkit.workbook.front.parts import Part, Reply, button, form, more, options, text
from hrkit.workbook.front.state import FrontPage, State, Values, called

__all__ = ["PAGE"]


def _shows(state: State) -> list[Part]:
    say, engagement = state.say, state.engagement()
    found = choices(engagement)
    parts: list[Part] = [text(say("front.advice.lead"), "lead")]
    if not found:
        return [*parts, text(say("front.advice.none"))]
    advised = state.kept.get("advised")
    if advised is None:
        parts.append(
            {
                "kind": "buttons",
                "label": say("front.advice.show"),
                "buttons": [button("advice:look", say("front.advice.show"))],
            }
        )
    language = _spoken(state, engagement)
    for section in engagement.instrument.dimensions:
        mine = [one for one in found if one.action.dimension == section.id]
        if not mine:
            continue
        mine.sort(key=lambda one: (one.action.step, one.action.id))
        fields = [_field(state, one, language, advised or ()) for one in mine]
        marked = sum(one.state != "" for one in mine)
        label = section.name[language]
        label += f" ({say('front.advice.decided', n=marked)})" if marked else ""
        here = form(f"advice-{section.id}", fields, [button("advice:save", say("front.ui.save"))])
        parts.append(more(label, [here]))
    return parts


def _spoken(state: State, engagement: Engagement) -> str:
    return state.language if state.language in engagement.languages else engagement.language


def _field(state: State, one: Decided, language: str, advised: tuple[str, ...]) -> Part:
    """One action: whether it is chosen, struck or left to the report, and how it is worded."""
    say, action = state.say, one.action
    words = (one.edited or {}).get(language) or action.text.get(language, "")
    about = [say("front.advice.step", n=action.step), say(f"front.advice.horizon.{action.horizon}")]
    about += [say("front.advice.now")] if action.id in advised else []
    about += [say("front.advice.elsewhere", file=one.elsewhere)] if one.elsewhere else []
    return {
        "kind": "action",
        "id": action.id,
        "label": action.text.get(language, ""),
        "about": " · ".join(about),
        "value": one.state,
        "options": options(
            (key, say(f"front.advice.states.{key or 'free'}")) for key in ("", "choose", "strike")
        ),
        "text": words,
        "wording": say("front.advice.wording"),
        "fixed": bool(one.elsewhere),
        "lang": language,
    }


def _look(state: State, _values: Values) -> Reply:
    """Which of them the report would print now, out of a preview's released tables."""
    from hrkit.assessment.assessment import assess
    from hrkit.report.steps import chosen

    engagement = state.engagement()
    language = _spoken(state, engagement)
    ctx = assess(state.place(), language=language).context
    found = [one.id for section in ctx.instrument.dimensions for one in chosen(ctx, section)]
    state.kept["advised"] = tuple(found)
    call = called("assess", state.name(), language=language)
    return Reply(True, state.say("front.advice.shown", n=len(found)), call=call)


def _save(state: State, values: Values) -> Reply:
    engagement = state.engagement()
    said = values.get("actions")
    if not isinstance(said, Mapping):
        raise HrkitError(state.say("front.setup.not_saved"))
    states = {str(id): str(one.get("state") or "") for id, one in said.items()}
    language = _spoken(state, engagement)
    words = {str(id): {language: str(one.get("text") or "").strip()} for id, one in said.items()}
    path = write_choices(engagement, states, words)
    state.kept.pop("advised", None)
    note = () if path.is_file() else (state.say("front.advice.back"),)
    return Reply(
        True, state.say("front.advice.saved"), notes=note, call=called("check", state.name())
    )


PAGE = FrontPage("advice", _shows, {"look": _look, "save": _save})
