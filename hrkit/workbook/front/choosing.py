"""Advice that somebody chose, struck or worded otherwise: a file of the page's own in the engagement's folder.

Other files in ``actions/`` are a person's: what they say is shown, and changed only there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError
from hrkit.files import write_all
from hrkit.model.engagement import Engagement
from hrkit.model.own_files import own_files
from hrkit.model.yaml_edit import quoted, with_key, without
from hrkit.report.action_files import check_actions, kit_library, library
from hrkit.report.actions import Action

__all__ = ["FILE", "Decided", "choices", "write_choices"]

#: The page's own file.
FILE = "front.yml"
_FOLDER = "actions"
_HEAD = "# Advice chosen on the front page (0_start.ipynb). Comments that you write here stay.\n"


@dataclass(frozen=True, slots=True)
class Decided:
    """An action, and what was decided about it.

    Attributes
    ----------
    state
        ``choose``, ``strike`` or empty for neither.
    elsewhere
        The file of a person's in which that is decided; empty if it is the page's own to say.
    edited
        Its words as they were changed on the page, by language.
    """

    action: Action
    state: str = ""
    elsewhere: str = ""
    edited: Mapping[str, str] | None = None


def choices(engagement: Engagement) -> tuple[Decided, ...]:
    """Every action of the engagement's library that is for its country or was decided on, struck ones too.

    Raises
    ------
    HrkitError
        If a file of its folder cannot be used.
    """
    found = library(engagement)
    if found is None:
        return ()
    sources, _ = own_files(engagement.folder, _FOLDER)
    said: dict[str, tuple[str, str]] = {}
    edited: dict[str, Mapping[str, str]] = {}
    for source in sources:
        mine = source.name == f"{_FOLDER}/{FILE}"
        for state in ("choose", "strike"):
            for id in source.data.get(state) or ():
                if not (mine and id in said):
                    said[str(id)] = (state, "" if mine else source.name)
        if mine:
            edited = {
                id: one.get("text") or {} for id, one in (source.data.get("edit") or {}).items()
            }
    # What is written for another country speaks of its bodies and its law.
    everything = (
        one
        for one in (*found.actions, *found.gone)
        if one.country in ("", engagement.country) or one.id in said or one.id in edited
    )
    return tuple(
        Decided(one, *said.get(one.id, ("", "")), edited=edited.get(one.id)) for one in everything
    )


def write_choices(
    engagement: Engagement, states: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> Path:
    """Write what was decided; what stands in a person's own file stays there.

    Parameters
    ----------
    engagement
        Whose folder it is.
    states
        Action to ``choose``, ``strike`` or nothing.
    words
        Action to its wording by language; the kit's where it is blank.

    Raises
    ------
    HrkitError
        If it cannot be used as it is; nothing is written then.
    """
    path = engagement.folder / _FOLDER / FILE
    before = path.read_bytes() if path.is_file() else None
    text = before.decode("utf-8-sig") if before is not None else _HEAD
    there = choices(engagement)
    for state in ("choose", "strike"):
        ids = [
            one.action.id
            for one in there
            if not one.elsewhere and states.get(one.action.id, one.state) == state
        ]
        text = _with_list(text, state, ids)
    for one in there:
        id = one.action.id
        if id not in words:
            continue
        kit = dict(_kit_text(engagement, id))
        said = {code: word for code, word in words[id].items() if word and word != kit.get(code)}
        if said:
            inner = ", ".join(f"{code}: {quoted(word)}" for code, word in said.items())
            text = with_key(text, ("edit", id, "text"), f"{{{inner}}}")
        elif one.edited:
            text = without(text, [("edit", id)])
    import yaml

    data: Any = yaml.safe_load(text) or {}
    if not data.get("edit"):
        text = without(text, [("edit",)])
        data = yaml.safe_load(text) or {}
    if not data:
        path.unlink(missing_ok=True)
        return path
    write_all({path: text.encode("utf-8")})
    if wrong := check_actions(engagement):
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_all({path: before})
        raise HrkitError("The choice of actions cannot be used.", wrong)
    return path


def _with_list(text: str, key: str, ids: list[str]) -> str:
    if not ids:
        return without(text, [(key,)])
    return with_key(text, (key,), json.dumps(ids, ensure_ascii=False))


def _kit_text(engagement: Engagement, id: str) -> Mapping[str, str]:
    """An action's words in the kit; empty for one of a person's own."""
    for instrument in engagement.instrument.speaks:
        kit = kit_library(instrument)
        found = kit.find(id) if kit is not None else None
        if found is not None:
            return found.text
    return {}
