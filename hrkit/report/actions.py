"""The library of actions: advice as data, chosen by what the answers point to.

An action belongs to a dimension and a step (the level to be reached), names the statements it
works on, who owns it, what it takes and when.  Which actions a report prints follows from
released numbers only, and each says what it rests on.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from hrkit import kit
from hrkit.disclosure.released import Released, Score
from hrkit.errors import HrkitError, Problem
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Section
from hrkit.model.language import Texts
from hrkit.model.own_files import own_files
from hrkit.model.schema import schema_problems
from hrkit.model.terms import expanded, kit_terms
from hrkit.model.yamlfile import Source, read_yaml

__all__ = [
    "HORIZONS",
    "OWNERS",
    "TEXTS",
    "Action",
    "Library",
    "check_actions",
    "choose",
    "kit_library",
    "library",
    "next_step",
    "weakest",
]

Path: TypeAlias = tuple[str | int, ...]

#: Sub-folder of an engagement with actions of its own.
FOLDER = "actions"
#: Owners that are no single perspective: both partners, leader and partners, the head of HR.
OWNERS = ("partners", "pair", "hr_head")
#: What an action says: what to do, how it begins, how one sees that it works.
TEXTS = ("text", "first", "sign")
HORIZONS = ("now", "year", "later")
_SIZES = {"small": 1, "medium": 2, "large": 3}


@dataclass(frozen=True)
class Action:
    """One piece of advice.

    Attributes
    ----------
    step
        The level it helps to reach.
    items
        Statements it works on.
    owner
        A perspective, or one of `OWNERS`: who answers for it.
    needs
        Statement and the mean that must be there already; it presupposes nothing else.
    sector, country
        Where it holds; empty for everywhere.
    form
        A form of the kit that it uses; empty for none.
    text, first, sign
        What to do, the first step, the first sign that it works.
    """

    id: str
    dimension: str
    step: int
    items: tuple[str, ...]
    owner: str
    effort: str
    effect: str
    horizon: str
    sources: tuple[str, ...]
    text: Texts
    first: Texts
    sign: Texts
    needs: tuple[tuple[str, float], ...] = ()
    sector: str = ""
    country: str = ""
    form: str = ""


@dataclass(frozen=True)
class Library:
    """All actions of an engagement.

    ``chosen`` are those that somebody picked, in that order; ``gone`` are known and not advised:
    struck, or done since an earlier wave.
    """

    actions: tuple[Action, ...]
    chosen: tuple[str, ...] = ()
    gone: tuple[Action, ...] = ()

    def find(self, id: str) -> Action | None:
        """An action by its id, whether it is advised or not."""
        return next((a for a in (*self.actions, *self.gone) if a.id == id), None)

    def without(self, ids: Collection[str]) -> Library:
        """The library that advises some of its actions no longer."""
        return Library(
            tuple(a for a in self.actions if a.id not in ids),
            tuple(id for id in self.chosen if id not in ids),
            (*self.gone, *(a for a in self.actions if a.id in ids)),
        )


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
    """The actions that come with an instrument of the kit, in the kit's words; None for none."""
    found = tuple(_action(expanded(raw, kit_terms())) for raw in _kit_actions(instrument))
    return Library(found) if found else None


def check_actions(engagement: Engagement) -> tuple[Problem, ...]:
    """Everything that is wrong with the actions in an engagement's folder; empty for nothing."""
    return _combined(engagement)[1]


@functools.cache
def _kit_actions(instrument: str) -> tuple[Mapping[str, Any], ...]:
    """The data of the actions that come with an instrument of the kit; empty where there are none.

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
    if problems:
        raise HrkitError(f"The actions of {instrument} cannot be used.", problems)
    return tuple(actions)


def _combined(engagement: Engagement) -> tuple[Library, tuple[Problem, ...]]:
    """The kit's actions with the folder's own work on them, and what is wrong with that work."""
    base = {
        raw["id"]: dict(raw)
        for id in reversed(engagement.instrument.speaks)
        for raw in _kit_actions(id)
    }
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
    actions = tuple(_action(expanded(raw, engagement.terms)) for raw in known.values())
    return Library(actions, tuple(dict.fromkeys(chosen))).without(struck), ()


def _there(
    source: Source, path: Path, id: object, known: Mapping[str, Any], problems: list[Problem]
) -> bool:
    if id in known:
        return True
    near = difflib.get_close_matches(str(id), list(known), n=3, cutoff=0.5)
    fix = f"did you mean {', '.join(near)}?" if near else "see data/templates/actions of the kit"
    problems.append(Problem(source.where(path), f"there is no action {id}", fix))
    return False


def _text_problems(
    source: Source, path: Path, raw: Mapping[str, Any], languages: Sequence[str]
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


def _rank_problems(source: Source, path: Path, raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, allowed in (
        ("horizon", HORIZONS),
        ("effort", tuple(_SIZES)),
        ("effect", tuple(_SIZES)),
    ):
        if key in raw and raw[key] not in allowed:
            yield Problem(
                source.where((*path, key)), f"{raw[key]} is no {key}", f"use {', '.join(allowed)}"
            )


def _place_problems(
    source: Source, path: Path, raw: Mapping[str, Any], instrument: Instrument
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


def next_step(released: Released, instrument: Instrument, section: Section) -> int | None:
    """The level to work towards: the one above that of the lower side; None without a level."""
    groups = [released.group(side) for side in instrument.sides] or list(released.groups)
    wanted = [g.id for g in dict.fromkeys(groups) if g]
    # Releases before the sides had levels of their own have that of the total only.
    lows = [low for g in wanted if (low := released.band(section.id, g).low) is not None]
    lows = lows or [low for low in [released.band(section.id).low] if low is not None]
    return min(5, min(lows) + 1) if lows else None


def choose(
    library: Library,
    released: Released,
    engagement: Engagement,
    section: Section,
    count: int,
) -> tuple[Action, ...]:
    """The actions of a dimension that the answers point to first.

    Those for the step above the lower side's level, fit for the sector and the country, that
    presuppose nothing the answers say is missing: one for each horizon, then more, those first
    whose statements stand lowest (every answer of the two sides weighing the same), then by
    effort; at least two owners where the library has them, so that no side is left to do it all.
    Where somebody has chosen actions for the dimension, those and no others.
    """
    by_id = {action.id: action for action in library.actions}
    picked = [by_id[id] for id in library.chosen if by_id[id].dimension == section.id]
    if picked:
        return tuple(picked[:count])
    step = next_step(released, engagement.instrument, section)
    if step is None:
        return ()

    def need(action: Action) -> tuple[float, int, str]:
        means = [m for i in action.items if (m := stands_at(released, engagement, i)) is not None]
        return (min(means, default=9.0), _SIZES[action.effort], action.id)

    pool = sorted(
        (
            a
            for a in library.actions
            if a.dimension == section.id
            and a.step == step
            and a.sector in ("", engagement.sector)
            and a.country in ("", engagement.country)
            and all((stands_at(released, engagement, i) or 0) >= least for i, least in a.needs)
        ),
        key=need,
    )
    chosen = [a for h in HORIZONS if (a := next((a for a in pool if a.horizon == h), None))][:count]
    chosen += [a for a in pool if a not in chosen][: count - len(chosen)]
    if len({a.owner for a in chosen}) == 1 < len(chosen):
        last = chosen[-1]
        other = [a for a in pool if a.owner != last.owner and a not in chosen]
        same = next((a for a in other if a.horizon == last.horizon), None)
        chosen = [*chosen[:-1], same] if same else chosen
    return tuple(sorted(chosen, key=lambda a: (HORIZONS.index(a.horizon), need(a))))


def stands_at(released: Released, engagement: Engagement, measure: str) -> float | None:
    """Where a statement stands with the two sides, every answer weighing the same; None if hidden."""
    found = side_scores(released, engagement, measure)
    n = sum(s.n or 0 for s in found)
    return sum((s.n or 0) * (s.mean or 0.0) for s in found) / n if n else None


def side_scores(released: Released, engagement: Engagement, measure: str) -> tuple[Score, ...]:
    """The shown means of the two sides on a statement; of every group where there are no sides."""
    groups = [released.group(side) for side in engagement.instrument.sides]
    wanted = dict.fromkeys(g.id for g in (groups or released.groups) if g)
    scores = [released.score(measure, id, engagement.root.id) for id in wanted]
    return tuple(s for s in scores if s.shown and s.mean is not None)


def weakest(released: Released, engagement: Engagement, items: Sequence[str]) -> tuple[Score, ...]:
    """The two sides' scores on that one of some statements which stands lowest."""
    known = {i: at for i in items if (at := stands_at(released, engagement, i)) is not None}
    if not known:
        return ()
    return side_scores(released, engagement, min(known, key=lambda i: (known[i], i)))
