"""Reads an instrument's YAML into an `Instrument`, or says everything that is wrong with it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrkit import kit
from hrkit.errors import InstrumentError, Problem
from hrkit.model.instrument import Choice, Facet, Instrument, Item, Level, Reference, Scale, Section
from hrkit.model.instrument_rules import instrument_problems, release_of, score_facet
from hrkit.model.yamlfile import read_yaml

__all__ = ["available", "check", "load"]


def available() -> tuple[Path, ...]:
    """The instrument files that come with the kit, by name."""
    return tuple(sorted((kit.templates() / "instruments").glob("*.yml")))


def load(name: str | Path, folder: Path | None = None) -> Instrument:
    """Load an instrument by the id of one that comes with the kit, or by path.

    Parameters
    ----------
    name
        ``"partnership"``, or the path of a YAML file.
    folder
        Where a relative path starts: the engagement's folder.

    Raises
    ------
    InstrumentError
        With every problem of the file at once.
    """
    path = _locate(name, folder)
    stamp = path.stat() if path.exists() else None
    return _load(path, (stamp.st_mtime_ns, stamp.st_size) if stamp else (0, 0))


@functools.lru_cache(maxsize=32)
def _load(path: Path, _stamp: tuple[int, int]) -> Instrument:
    source = read_yaml(path)
    problems = instrument_problems(source)
    if problems:
        raise InstrumentError(f"The instrument {path.name} cannot be used.", problems)
    return _build(source.data)


def check(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with an instrument file; empty when it can be used."""
    return instrument_problems(read_yaml(path))


def _locate(name: str | Path, folder: Path | None) -> Path:
    if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", name):
        own = (folder / f"{name}.yml") if folder else None
        if own is not None and own.is_file():
            return own
        return kit.templates() / "instruments" / f"{name}.yml"
    path = Path(name)
    return path if path.is_absolute() or folder is None else folder / path


def _build(data: Any) -> Instrument:
    scales = {
        name: Scale(
            name,
            raw["kind"],
            tuple(Choice(str(c["value"]), c["label"]) for c in raw.get("values", ())),
            raw.get("dont_know"),
        )
        for name, raw in data["scales"].items()
    }
    facets = {
        name: Facet(name, scales[raw["scale"]], raw["label"], release_of(data, name))
        for name, raw in data["facets"].items()
    }
    asked = tuple(data["perspectives"]["asked"])
    return Instrument(
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
        sections=tuple(_build_section(data, raw, facets, asked) for raw in data["sections"]),
        levels=tuple(
            Level(r["level"], r["name"], r.get("carries")) for r in data.get("levels", ())
        ),
        blocks={block["id"]: block["name"] for block in data.get("blocks", ())},
        pillars={pillar["id"]: pillar for pillar in data.get("pillars", ())},
        has_grid=bool(data.get("grid", False)),
        sides=tuple(data["perspectives"].get("sides", ())),
        pool=data["perspectives"].get("pool", {}),
        names=data["perspectives"].get("names", {}),
    )


def _build_section(
    data: Any, raw: Any, facets: Mapping[str, Facet], asked: tuple[str, ...]
) -> Section:
    score = score_facet(data, raw)
    items = tuple(
        Item(
            id=item["id"],
            section=raw["id"],
            ask=tuple(name for name in asked if name in item.get("ask", asked)),
            facets=tuple(facets[name] for name in item.get("facets", raw["facets"])),
            wordings=item["text"],
            source=Reference(tuple(item["source"]["ref"].split()), item["source"].get("idea", "")),
            tags=tuple(item.get("tags", ())),
            reversed=bool(item.get("reversed", False)),
            role="score" if score and score in item.get("facets", raw["facets"]) else "other",
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
        )
    return Section(
        id=raw["id"],
        name=raw["name"],
        about=raw["about"],
        block=raw.get("block", ""),
        items=items,
        importance=importance,
        grid=tuple(Level(row["level"], row["text"]) for row in raw.get("grid", ())),
        score_facet=facets[score] if score else None,
    )
