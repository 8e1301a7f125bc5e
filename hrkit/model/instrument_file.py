"""Reads an instrument's YAML into an `Instrument`, or says everything that is wrong with it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrkit import kit
from hrkit.errors import InstrumentError, Problem
from hrkit.model.extension import extended, extension_problems
from hrkit.model.facets import counts, release_of, score_facet
from hrkit.model.instrument import Choice, Facet, Instrument, Item, Level, Reference, Scale, Section
from hrkit.model.instrument_rules import instrument_problems
from hrkit.model.perspectives import people_of
from hrkit.model.picking import picking
from hrkit.model.terms import Terms, expanded, kit_terms
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["available", "build", "check", "files_of", "load", "version_of"]


def available() -> tuple[Path, ...]:
    """The instrument files that come with the kit, by name; earlier editions are not among them."""
    home = kit.templates()
    found = [path for path in home.glob("tools/*/*.yml") if path.stem == path.parent.name]
    found += [path for path in home.glob("instruments/*.yml") if not re.search(r"-\d+$", path.stem)]
    return tuple(sorted(found, key=lambda path: path.stem))


def load(
    name: str | Path, folder: str | Path | None = None, terms: Terms | None = None
) -> Instrument:
    """Load an instrument by the id of one that comes with the kit, or by path.

    Parameters
    ----------
    name
        ``"partnership"``, or the path of a YAML file.
    folder
        Where a relative path starts: the engagement's folder.
    terms
        What the client calls people and places; the kit's words if not given.

    Raises
    ------
    InstrumentError
        With every problem of the file at once.
    """
    chain, problem = _chain(_locate(name, None if folder is None else Path(folder)))
    if problem:
        raise InstrumentError(f"The instrument {chain[0][0].name} cannot be used.", [problem])
    return _load(chain, terms or kit_terms())


#: A file with what changes when it does.
_Stamped = tuple[Path, tuple[int, int]]


def files_of(path: Path) -> tuple[Path, ...]:
    """An instrument's own file and those beside it that it extends; the kit's are not among them."""
    chain, _ = _chain(path)
    kits = kit.templates().resolve()
    return tuple(file for file, _ in chain if not file.resolve().is_relative_to(kits))


def _stamped(path: Path) -> _Stamped:
    stamp = path.stat() if path.exists() else None
    return path, (stamp.st_mtime_ns, stamp.st_size) if stamp else (0, 0)


@functools.lru_cache(maxsize=64)
def _source(file: _Stamped) -> Source:
    return read_yaml(file[0])


def _chain(path: Path) -> tuple[tuple[_Stamped, ...], Problem | None]:
    """A file and what it extends, its base last; and what is wrong with that line."""
    found = [_stamped(path)]
    while True:
        source = _source(found[-1])
        base = source.data.get("extends") if isinstance(source.data, Mapping) else None
        if not isinstance(base, str):
            return tuple(found), None
        at = _base(found[-1][0], base)
        where = source.where(("extends",))
        if at is None:
            return tuple(found), Problem(
                where,
                f"there is no instrument {base}",
                f"use {', '.join(p.stem for p in available())}",
            )
        if any(at.samefile(one) for one, _ in found):
            return tuple(found), Problem(where, "it extends itself", "name another instrument")
        found.append(_stamped(at))


def _base(path: Path, id: str) -> Path | None:
    """The file of the instrument that another one extends: beside it, or of the kit."""
    beside, kits = path.parent / f"{id}.yml", _of_the_kit(id)
    if beside.is_file() and not beside.samefile(path):
        return beside
    return kits if kits.is_file() else None


@functools.lru_cache(maxsize=32)
def _load(chain: tuple[_Stamped, ...], terms: Terms) -> Instrument:
    problems = _problems(chain)
    if problems:
        raise InstrumentError(f"The instrument {chain[0][0].name} cannot be used.", problems)
    return build(expanded(_data(chain), terms), terms, _speaks(chain))


def _data(chain: tuple[_Stamped, ...]) -> Mapping[str, Any]:
    """The data of a checked file with what it extends."""
    data: Mapping[str, Any] = _source(chain[-1]).data
    for file in reversed(chain[:-1]):
        data = extended(data, _source(file).data)
    return data


def version_of(path: Path) -> str:
    """The version that an instrument file says it has."""
    return str(_source(_stamped(path)).data["version"])


def _problems(chain: tuple[_Stamped, ...]) -> tuple[Problem, ...]:
    if len(chain) == 1:
        return instrument_problems(_source(chain[0]))
    below = _problems(chain[1:])
    return below or extension_problems(_source(chain[0]), _data(chain[1:]))


def _speaks(chain: tuple[_Stamped, ...]) -> tuple[str, ...]:
    """Ids of the kit's instruments whose words hold for this one.

    A file of one's own under the id of a kit instrument speaks as that one only while everything
    the kit's asks is still in it.
    """
    path = chain[-1][0]
    data = _source(chain[-1]).data
    kits = _of_the_kit(data["id"])
    if not kits.is_file():
        return ()
    if not path.resolve().is_relative_to(kit.templates().resolve()):
        asked = {item["id"] for section in data["sections"] for item in section["items"]}
        known = _source(_stamped(kits)).data["sections"]
        if not {item["id"] for section in known for item in section["items"]} <= asked:
            return ()
    return (str(data["id"]),)


def check(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with an instrument file; empty when it can be used."""
    chain, problem = _chain(path)
    return (problem,) if problem else _problems(chain)


def _of_the_kit(id: str) -> Path:
    """Where an instrument of the kit lies: among the others, or with the tool it belongs to.

    An earlier edition (``preparation-1``) lies beside the one that is asked today.
    """
    home = kit.templates()
    tools = (home / "tools" / of / f"{id}.yml" for of in (id, re.sub(r"(-\d+)+$", "", id)))
    return next((own for own in tools if own.is_file()), home / "instruments" / f"{id}.yml")


def _locate(name: str | Path, folder: Path | None) -> Path:
    if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", name):
        own = (folder / f"{name}.yml") if folder else None
        if own is not None and own.is_file():
            return own
        return _of_the_kit(name)
    path = Path(name)
    return path if path.is_absolute() or folder is None else folder / path


def build(data: Any, terms: Terms, speaks: tuple[str, ...]) -> Instrument:
    """An instrument from checked data: of its file, or kept with a wave that it was asked in."""
    scales = {
        name: Scale(
            name,
            raw["kind"],
            tuple(Choice(str(c["value"]), c["label"]) for c in raw.get("values", ())),
            raw.get("dont_know"),
            raw.get("not_relevant"),
            raw.get("joint", {}).get("label"),
        )
        for name, raw in data["scales"].items()
    }
    facets = {
        name: Facet(
            name,
            scales[raw["scale"]],
            raw["label"],
            release_of(data, name),
            raw.get("stands_for", ""),
            tuple(raw.get("made_of", ())),
        )
        for name, raw in data["facets"].items()
    }
    asked = tuple(data["perspectives"]["asked"])
    sections = tuple(_build_section(data, raw, facets, asked) for raw in data["sections"])
    picks = {f.id: f for section in sections for item in section.items for f in item.facets}
    facets |= picks
    scales |= {facet.scale.id: facet.scale for facet in picks.values()}
    return Instrument(
        data=data,
        id=data["id"],
        version=data["version"],
        languages=tuple(data["languages"]),
        title=data["title"],
        intro=data["intro"],
        perspectives=asked,
        fallback=dict(data["perspectives"].get("fallback", {})),
        sources=data["sources"],
        scales=scales,
        facets=facets,
        sections=sections,
        levels=tuple(
            Level(r["level"], r["name"], r.get("carries")) for r in data.get("levels", ())
        ),
        blocks={block["id"]: block["name"] for block in data.get("blocks", ())},
        pillars={pillar["id"]: pillar for pillar in data.get("pillars", ())},
        has_grid=bool(data.get("grid", False)),
        sides=tuple(data["perspectives"].get("sides", ())),
        pool=data["perspectives"].get("pool", {}),
        names=data["perspectives"].get("names", {}),
        people=people_of(data["perspectives"], terms),
        speaks=speaks,
    )


def _level(row: Any, languages: list[str]) -> Level:
    """A level of the grid; where it has strands, its text is all of them."""
    strands = tuple(row.get("strands", ()))
    text = row.get("text") or {
        code: " ".join(strand[code] for strand in strands) for code in languages
    }
    return Level(row["level"], text, strands=strands)


def _build_section(
    data: Any, raw: Any, facets: Mapping[str, Facet], asked: tuple[str, ...]
) -> Section:
    score = score_facet(data, raw)
    pick = picking(data, raw)
    items = tuple(
        Item(
            id=item["id"],
            section=raw["id"],
            ask=tuple(name for name in asked if name in item.get("ask", asked)),
            facets=pick or tuple(facets[n] for n in item.get("facets", raw["facets"])),
            wordings=item["text"],
            source=Reference(tuple(item["source"]["ref"].split()), item["source"].get("idea", "")),
            tags=tuple(item.get("tags", ())),
            reversed=bool(item.get("reversed", False)),
            label=item.get("label"),
            role="score"
            if counts(data, score, item.get("facets", raw.get("facets", ())))
            else "other",
            added=bool(item.get("added", False)),
            sensitive=max(raw.get("sensitive", 0), item.get("sensitive", 0)),
        )
        for item in raw["items"]
    )
    importance = None
    if "importance" in raw:
        # Whoever is asked anything of a section may say how important it is.
        ask = tuple(name for name in asked if any(name in item.ask for item in items))
        importance = Item(
            id=f"{raw['id']}.importance",
            section=raw["id"],
            ask=ask,
            facets=(facets["importance"],),
            wordings={"any": raw["importance"]},
            source=Reference(()),
            role="importance",
            sensitive=raw.get("sensitive", 0),
        )
    return Section(
        id=raw["id"],
        name=raw["name"],
        about=raw["about"],
        block=raw.get("block", ""),
        items=items,
        importance=importance,
        grid=tuple(_level(row, data["languages"]) for row in raw.get("grid", ())),
        strands=tuple(raw.get("strands", ())),
        score_facet=facets[score] if score else None,
        self_raters=tuple(raw.get("self", ())),
    )
