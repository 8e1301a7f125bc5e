"""What is the client's own on the set-up page: its look, and its words for people and places."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from hrkit.errors import Problem
from hrkit.model.languages import grammar, languages
from hrkit.model.terms import kit_terms
from hrkit.workbook.front import settings
from hrkit.workbook.front.pages import saving
from hrkit.workbook.front.parts import Part, button, entry, form, more, text
from hrkit.workbook.front.settings import SettingsFile
from hrkit.workbook.front.state import State

__all__ = ["own_look", "own_words"]

#: Terms that a client may call otherwise on this page.
_TERMS = ("hr_partner", "pay_partner", "top_management", "top_manager", "citizen", "unit")


def own_look(state: State, file: SettingsFile, field: Any) -> Part:
    """Colours and logo, with a preview of the cover."""
    from hrkit.model.engagement import Branding
    from hrkit.report.theme import ACCENT, PRIMARY, theme

    say = state.say
    branding = file.data.get("branding") or {}
    given = {key: str(branding.get(key) or "") for key in ("primary", "accent")}
    try:
        used = theme(Branding(primary=given["primary"], accent=given["accent"]))
        colours, notes = (used.primary, used.accent), used.messages
    except (ValueError, IndexError):
        colours, notes = (PRIMARY, ACCENT), ()
    preview = {
        "kind": "look",
        "label": say("front.setup.preview"),
        "client": str(file.data.get("client") or ""),
        "by": str((file.data.get("consultant") or {}).get("organisation") or ""),
        "primary": colours[0],
        "accent": colours[1],
        "logo": _picture(state, str(branding.get("logo") or "")),
        "alt": str(branding.get("logo_alt") or ""),
        "heading": say("front.setup.preview_title"),
    }
    return form(
        "look",
        [
            field("colour", "branding/primary", say("front.setup.primary"), usual=PRIMARY),
            field("colour", "branding/accent", say("front.setup.accent"), usual=ACCENT),
            entry("files", "logo", say("front.setup.logo"), accept=".svg,.png"),
            field(
                "line",
                "branding/logo_alt",
                say("front.setup.logo_alt"),
                help=say("front.setup.logo_alt_help"),
            ),
            preview,
            *(text(note, "quiet") for note in notes),
        ],
        [button("setup:look", say("front.ui.save"))],
        say("front.setup.look"),
    )


def _picture(state: State, name: str) -> str:
    """The logo for the page: as a picture, in which nothing runs."""
    path = (state.place() / name).resolve()
    if not name or not path.is_file() or not path.is_relative_to(state.place().resolve()):
        return ""
    kind = {".svg": "image/svg+xml", ".png": "image/png"}.get(path.suffix.lower())
    if kind is None or path.stat().st_size > saving.MOST_LOGO:
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def own_words(state: State, file: SettingsFile, problems: Sequence[Problem]) -> Part:
    """What the client calls people and places: every form of a word, or none."""
    say = state.say
    own = file.data.get("terms") or {}
    spoken = [
        code
        for code in file.data.get("languages") or [file.data.get("language")]
        if code in languages()
    ]
    parts: list[Part] = [text(say("front.setup.words_help"), "quiet")]
    for term in _TERMS:
        fields: list[Part] = []
        for code in spoken:
            kit = kit_terms().forms[term][code]
            forms = grammar(code).mass if "many" not in kit else grammar(code).forms
            given = ((own.get(term) or {}).get(code)) or {}
            fields += [
                entry(
                    "line",
                    f"terms/{term}/{code}/{form_}",
                    f"{languages()[code].name}: {say(f'front.forms.form_{form_}')}",
                    str(given.get(form_) or ""),
                    hint=str(kit.get(form_) or ""),
                    lang=code,
                    problem=settings.problem_at(
                        problems, state.language, ("terms", term, code, form_)
                    ),
                )
                for form_ in forms
            ]
        usual = kit_terms().forms[term].get(state.language, {}).get("one", term)
        parts.append(more(say("front.setup.instead", word=usual), fields, open=term in own))
    return form(
        "words", parts, [button("setup:words", say("front.ui.save"))], say("front.setup.words")
    )
