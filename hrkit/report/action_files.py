"""The actions an engagement is advised from: the kit's, with what its own folder says of them."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument
from hrkit.model.own_files import own_files
from hrkit.model.schema import schema_problems
from hrkit.model.terms import Terms, expanded, kit_terms
from hrkit.model.yamlfile import Source, read_yaml
from hrkit.report.actions import HORIZONS, OWNERS, SIZES, TEXTS, Action, Library

__all__ = ["check_actions", "kit_library", "know", "library"]

Place: TypeAlias = tuple[str | int, ...]

#: Sub-folder of an engagement with actions of its own.
FOLDER = "actions"


def library(engagement: Engagement) -> Library | None:
    """The actions an engagement is advised from; None where there are none.

    Those of the instrument (of its base, where it extends one), with what ``actions/*.yml`` in the
    engagement's folder strikes, edits, adds and chooses.

    Raises
    ------
    HrkitError
        If a file names what does not exist, or lacks a text.
    """
    found, problems = _combined(engagement)
    if problems:
        raise HrkitError("Actions of this engagement cannot be used.", list(problems))
    return found if found.actions else None


def kit_library(instrument: str) -> Library | None:
    """The actions that come with an instrument of the kit, in the kit's words; None for none.

    An earlier edition of one is named like its file: ``partnership-1``.
    """
    id, numbers = re.fullmatch(r"(.+?)((?:-\d+)*)", instrument).groups()  # type: ignore[union-attr]
    edition = int(numbers.split("-")[1]) if numbers else 0
    found = tuple(_action(expanded(raw, kit_terms())) for raw in _kit_actions(id, edition))
    return Library(found) if found else None


def know(instrument: Instrument) -> None:
    """Read the actions that come with an instrument, in the kit's words: many are advised from them."""
    _kit_said(instrument.speaks, instrument.edition, kit_terms())


def check_actions(engagement: Engagement) -> tuple[Problem, ...]:
    """Everything that is wrong with the actions in an engagement's folder; empty for nothing."""
    return _combined(engagement)[1]


@functools.cache
def _kit_actions(instrument: str, edition: int) -> tuple[Mapping[str, Any], ...]:
    """The data of the actions that come with an instrument of the kit; empty where there are none.

    What an earlier edition asks has its place in ``actions/INSTRUMENT-EDITION/``: which statements
    an action works on there, what is not advised there, and what comes in addition.

    Raises
    ------
    HrkitError
        If the file lacks a text in any language, or names what does not exist.
    """
    folder = kit.templates() / "actions" / instrument
    if not folder.is_dir():
        return ()
    languages = instruments.load(instrument).languages
    problems: list[Problem] = []
    actions: list[Mapping[str, Any]] = []
    for path in sorted(folder.glob("*.yml")):
        source = read_yaml(path)
        problems += source.problems
        for i, raw in enumerate(source.data or ()):
            problems += _text_problems(source, (i,), raw, languages)
            problems += _rank_problems(source, (i,), raw)
            actions.append({"dimension": path.stem, **raw})
    for path in sorted((folder.parent / f"{instrument}-{edition}").glob("*.yml")):
        source = read_yaml(path)
        problems += source.problems or schema_problems(source, "actions")
        if source.problems:
            continue
        changed = source.data.get("edit", {})
        struck = set(source.data.get("strike", ()))
        kept = (raw for raw in actions if raw["id"] not in struck)
        actions = [_changed(raw, changed.get(raw["id"], {})) for raw in kept]
        for i, raw in enumerate(source.data.get("add", ())):
            problems += _text_problems(source, ("add", i), raw, languages)
            actions.append(raw)
    if problems:
        raise HrkitError(f"The actions of {instrument} cannot be used.", problems)
    return tuple(actions)


def _kit_known(speaks: tuple[str, ...], edition: int) -> dict[str, Mapping[str, Any]]:
    """The kit's actions for an instrument and what it extends, by id."""
    return {raw["id"]: raw for id in reversed(speaks) for raw in _kit_actions(id, edition)}


@functools.lru_cache(maxsize=16)
def _kit_said(speaks: tuple[str, ...], edition: int, terms: Terms) -> Mapping[str, Action]:
    """The same in a client's words."""
    return {id: _action(expanded(raw, terms)) for id, raw in _kit_known(speaks, edition).items()}


def _changed(raw: Mapping[str, Any], change: Mapping[str, Any]) -> Mapping[str, Any]:
    """An action with some of it set otherwise; texts in the languages that are given."""
    texts = {key: {**raw.get(key, {}), **change[key]} for key in TEXTS if key in change}
    return {**raw, **change, **texts}


def _combined(engagement: Engagement) -> tuple[Library, tuple[Problem, ...]]:
    """The kit's actions with the folder's own work on them, and what is wrong with that work."""
    base = _kit_known(engagement.instrument.speaks, engagement.instrument.edition)
    sources, found = own_files(engagement.folder, FOLDER)
    problems = list(found)
    struck: set[str] = set()
    chosen: list[str] = []
    added: dict[str, dict[str, Any]] = {}
    edits: list[tuple[Source, str, Mapping[str, Any]]] = []
    for source in sources:
        shape = schema_problems(source, "actions")
        problems += shape
        if shape:
            continue
        for i, written in enumerate(source.data.get("add", ())):
            raw = _renamed(written)
            if raw["id"] in base or raw["id"] in added:
                problems.append(
                    Problem(
                        source.where(("add", i, "id")),
                        f"there is an action {raw['id']} already",
                        "give yours an id of its own, or put it under edit",
                    )
                )
                continue
            problems += _text_problems(source, ("add", i), raw, engagement.languages)
            problems += _place_problems(source, ("add", i), raw, engagement.instrument)
            added[raw["id"]] = {"effect": "medium", "source": "", "items": (), **raw}
        edits += [
            (source, id, _renamed(change)) for id, change in source.data.get("edit", {}).items()
        ]
    known = {**base, **added}
    for source, id, change in edits:
        if not _there(source, ("edit", id), id, known, problems):
            continue
        problems += _place_problems(source, ("edit", id), change, engagement.instrument)
        for key, value in change.items():
            texts = isinstance(value, Mapping)
            known[id] = {**known[id], key: {**known[id][key], **value} if texts else value}
        problems += _text_problems(source, ("edit", id), known[id], engagement.languages)
    for source in sources:
        for key, into in (("strike", struck.add), ("choose", chosen.append)):
            listed = source.data.get(key, ())
            for i, id in enumerate(listed if isinstance(listed, list) else ()):
                if _there(source, (key, i), id, known, problems):
                    into(id)
    for id in chosen:
        if id in struck:
            problems.append(Problem(FOLDER, f"{id} is struck and chosen", "decide on one of them"))
    if problems:
        return Library(()), tuple(problems)
    kits = _kit_said(engagement.instrument.speaks, engagement.instrument.edition, engagement.terms)
    actions = tuple(
        kits[id] if raw is base.get(id) else _action(expanded(raw, engagement.terms))
        for id, raw in known.items()
    )
    return Library(actions, tuple(dict.fromkeys(chosen))).without(struck), ()


def _there(
    source: Source, path: Place, id: object, known: Mapping[str, Any], problems: list[Problem]
) -> bool:
    if id in known:
        return True
    near = difflib.get_close_matches(str(id), list(known), n=3, cutoff=0.5)
    fix = f"did you mean {', '.join(near)}?" if near else "see data/templates/actions of the kit"
    problems.append(Problem(source.where(path), f"there is no action {id}", fix))
    return False


def _text_problems(
    source: Source, path: Place, raw: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Problem]:
    for key in TEXTS:
        if key == "sign" and key not in raw:
            # An action of one's own may leave open how one sees that it works.
            continue
        texts = raw.get(key, {})
        missing = [one for one in languages if not str(texts.get(one) or "").strip()]
        if missing:
            yield Problem(
                source.where((*path, key)), f"{key} is not there in {', '.join(missing)}", "add it"
            )
        for language, text in texts.items():
            wrong = kit_terms().problem(str(text), language)
            if wrong:
                yield Problem(
                    source.where((*path, key, language)),
                    wrong,
                    "see terms.yml and glossary/ of the kit",
                )


def _renamed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """An action as it was written before its first step and first sign stood apart."""
    found = {key: value for key, value in raw.items() if key != "how"}
    return {**found, "first": raw["how"]} if "how" in raw and "first" not in raw else found


def _rank_problems(source: Source, path: Place, raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, allowed in (
        ("horizon", HORIZONS),
        ("effort", tuple(SIZES)),
        ("effect", tuple(SIZES)),
    ):
        if key in raw and raw[key] not in allowed:
            yield Problem(
                source.where((*path, key)), f"{raw[key]} is no {key}", f"use {', '.join(allowed)}"
            )


def _place_problems(
    source: Source, path: Place, raw: Mapping[str, Any], instrument: Instrument
) -> Iterator[Problem]:
    """An action belongs to a dimension, its statements and somebody who is there."""
    sections = {section.id: section for section in instrument.dimensions}
    name = raw.get("dimension")
    if name is not None and name not in sections:
        yield Problem(
            source.where((*path, "dimension")),
            f"{name} is no dimension",
            f"use {', '.join(sections)}",
        )
    inside = [sections[name]] if name in sections else sections.values()
    items = [item.id for section in inside for item in section.items]
    for i, item in enumerate(raw.get("items", ())):
        if item not in items:
            yield Problem(
                source.where((*path, "items", i)),
                f"{item} is no item there",
                f"use {', '.join(items)}",
            )
    owners = (*instrument.perspectives, *OWNERS)
    if "owner" in raw and raw["owner"] not in owners:
        yield Problem(
            source.where((*path, "owner")),
            f"{raw['owner']} is nobody who is asked",
            f"use {', '.join(owners)}",
        )


def _action(raw: Mapping[str, Any]) -> Action:
    return Action(
        id=raw["id"],
        dimension=raw["dimension"],
        step=int(raw["step"]),
        items=tuple(raw["items"]),
        owner=raw["owner"],
        effort=raw["effort"],
        effect=raw["effect"],
        horizon=raw["horizon"],
        sources=tuple(raw["source"].split()),
        text=raw["text"],
        first=raw["first"],
        sign=raw.get("sign", {}),
        needs=tuple((str(item), float(least)) for item, least in raw.get("needs", {}).items()),
        sector={"any": ""}.get(raw.get("sector", ""), raw.get("sector", "")),
        country=raw.get("country", ""),
        form=raw.get("form", ""),
    )
