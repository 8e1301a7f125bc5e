"""Reads ``engagement.yml`` into an `Engagement`, or says everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hrkit.errors import EngagementError, InstrumentError, Problem
from hrkit.model import instrument_file as instruments
from hrkit.model.belonging import pair_of, tier_of
from hrkit.model.engagement import (
    FILE,
    Branding,
    Capacity,
    ClearedComment,
    DutyFacts,
    Engagement,
    Followed,
    Invited,
    LetterFacts,
    Person,
    ReportSettings,
    Wave,
    protection_of,
)
from hrkit.model.engagement_rules import cross_checks, ids_of_waves, parse_date, undecided
from hrkit.model.lineage_rules import listed, unit_of
from hrkit.model.norms import published
from hrkit.model.part import is_part, merged, part_problems
from hrkit.model.schema import schema_problems
from hrkit.model.shared import SHARED, is_member, with_shared
from hrkit.model.terms import terms_of
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["check", "draft", "load"]


def load(folder: str | Path) -> Engagement:
    """Load the engagement in a folder (or of an ``engagement.yml``).

    Raises
    ------
    EngagementError
        With every problem of the file and of its instrument at once.
    """
    path = _path(folder)
    source, problems = _read(path)
    if problems:
        name = path.parent.resolve().name
        raise EngagementError(f"The engagement {name} cannot be used.", problems)
    return _build(source.data, path.parent.resolve())


def draft(folder: str | Path) -> Engagement:
    """A new engagement that is not filled in yet, for its templates; its form is not checked."""
    path = _path(folder)
    return _build(_complete(path)[0].data, path.parent.resolve())


def check(folder: str | Path) -> tuple[Problem, ...]:
    """Everything that is wrong with an engagement or left open in it; empty when it is ready.

    Who will see the report may be undecided while a folder is being made ready; it is named here,
    and no form opens before it is said.
    """
    source, problems = _read(_path(folder))
    return (*problems, *undecided(source))


def _path(folder: str | Path) -> Path:
    path = Path(folder)
    path = path if path.suffix in (".yml", ".yaml") else path / FILE
    if not path.is_file():
        if (path.parent / SHARED).is_file() or any(path.parent.glob(f"*/{FILE}")):
            raise EngagementError(
                f"{path.parent} holds several engagements; name one of their folders (reports of "
                "all of them: hrkit batch)."
            )
        raise EngagementError(
            f"There is no {FILE} in {path.parent}; make an engagement with: hrkit new DIR"
        )
    return path


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name else path.name


def _read(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """A file, with what it takes from the folders above it, and what is wrong with it."""
    source, home, problems = _complete(path)
    return source, problems or tuple(cross_checks(source, path.parent.resolve(), home))


def _complete(path: Path) -> tuple[Source, Path, tuple[Problem, ...]]:
    """A file as one that stands alone, and the folder in which all lies that it names.

    Of a part of an engagement that is the engagement's folder; of one that shares what a portfolio
    says, the portfolio's.
    """
    source = read_yaml(path, _name(path))
    folder = path.parent.resolve()
    if source.data is None:
        return (
            source,
            folder,
            source.problems or (Problem(source.name, "is empty", "see hrkit new"),),
        )
    if is_part(source):
        return _part_of(source, folder)
    if is_member(source):
        return _member(source, folder)
    return source, folder, (*source.problems, *schema_problems(source, "engagement"))


def _part_of(source: Source, folder: Path) -> tuple[Source, Path, tuple[Problem, ...]]:
    above = folder.parent
    if found := part_problems(source):
        return source, above, found
    if not (above / FILE).is_file():
        what = f"there is no {FILE} in the folder above"
        return source, above, (Problem(source.where(("part_of",)), what, "move the folder back"),)
    whole = read_yaml(above / FILE, f"{above.name}/{FILE}")
    home, found = above, whole.problems
    if whole.data is None or is_part(whole):
        found = found or (Problem(whole.name, "is no whole engagement", "correct it first"),)
    else:
        whole, home, found = _complete(above / FILE)
        found = found or tuple(cross_checks(whole, above, home))
    if found:
        return source, home, found
    return merged(source, whole.data, _asked(source, folder, whole.data)), home, ()


def _member(source: Source, folder: Path) -> tuple[Source, Path, tuple[Problem, ...]]:
    above = folder.parent
    if found := (*source.problems, *schema_problems(source, "member")):
        return source, above, found
    if not (above / SHARED).is_file():
        what = f"there is no {SHARED} in the folder above"
        where = source.where(("portfolio",))
        return source, above, (Problem(where, what, "move the folder back, or say all here"),)
    shared = read_yaml(above / SHARED, SHARED)
    if shared.data is None:
        found = shared.problems or (Problem(SHARED, "is empty", "see docs/batch.md"),)
        return source, above, found
    if found := (*shared.problems, *schema_problems(shared, "portfolio")):
        return source, above, found
    whole = with_shared(source, shared.data)
    # What both leave out is missing in one of them.
    return whole, above, tuple(schema_problems(whole, "engagement"))


def _asked(source: Source, folder: Path, whole: Any) -> tuple[str, ...] | None:
    """Whom a part's instrument asks; None where it cannot be read, which is said elsewhere."""
    try:
        terms = terms_of(whole.get("terms"))
        return instruments.load(source.data["instrument"], folder, terms).perspectives
    except InstrumentError:
        return None


def _build(data: Any, folder: Path) -> Engagement:
    report, branding = data.get("report", {}), data.get("branding", {})
    terms = terms_of(data.get("terms"))
    protection = data.get("protection", {})
    waves = ids_of_waves(data["waves"])
    return Engagement(
        folder=folder,
        id=data["id"],
        client=data["client"],
        consultant=Person(**data["consultant"]),
        language=data["language"],
        languages=tuple(data.get("languages", [data["language"]])),
        instrument=instruments.load(data["instrument"], folder, terms),
        units=tuple(unit_of(unit, waves) for unit in data["units"]),
        waves=tuple(
            Wave(
                w["id"],
                w["name"],
                parse_date(w.get("opens")),
                parse_date(w.get("closes")),
                listed(w.get("was")),
            )
            for w in data["waves"]
        ),
        invited=tuple(
            Invited(**{**row, "wave": waves.get(row["wave"], row["wave"])})
            for row in data.get("invited", ())
        ),
        protection=protection_of(
            protection.get("scores", 5),
            protection.get("details", 10),
            bool(protection.get("insider", False)),
        ),
        targets=data.get("targets", {}),
        sector=data.get("sector", ""),
        country=data.get("country", ""),
        audience={k: text for k, text in data.get("audience", {}).items() if (text or "").strip()},
        report=ReportSettings(
            profile=report.get("profile", "full"),
            paper=report.get("paper", "a4"),
            date=parse_date(report.get("date")),
            confidentiality=report.get("confidentiality"),
            title=report.get("title"),
        ),
        branding=Branding(
            branding.get("logo") or "",
            branding.get("logo_alt") or "",
            branding.get("primary") or "",
            branding.get("accent") or "",
            branding.get("pptx_template") or "",
        ),
        letters=_letters(data.get("letters") or {}),
        duties=_duties(data.get("duties") or {}),
        comments=tuple(ClearedComment(**comment) for comment in data.get("comments", ())),
        followed=tuple(_followed(one, data["waves"], waves) for one in data.get("followed", ())),
        store=(data.get("store") or "").strip(),
        tools=tuple(data.get("tools", ())),
        asked={
            id: tuple(waves[one] for one in said) for id, said in (data.get("asked") or {}).items()
        },
        synthetic=bool(data.get("synthetic", False)),
        texts=data.get("texts", {}),
        terms=terms,
        tiers=tuple(map(tier_of, data.get("tiers", ()))),
        pairs=tuple(map(pair_of, data.get("pairs", ()))),
        process=_process(data.get("process") or {}),
        capacity={id: Capacity(**one) for id, one in (data.get("capacity") or {}).items()},
        benchmark=bool(data.get("benchmark", True)),
        norms=published(folder, data.get("norms") or "")[0],
    )


def _process(raw: Any) -> dict[str, dt.date]:
    """The days that are written; one left empty is not known yet."""
    return {id: day for id, said in raw.items() if (day := parse_date(said))}


def _letters(raw: Any) -> LetterFacts:
    days = {name: parse_date(raw.get(name)) for name in ("summary", "meeting", "told")}
    return LetterFacts(raw.get("link", ""), **days)


def _duties(raw: Any) -> DutyFacts:
    days = {
        name: parse_date(raw.get(name) or None)
        for name in ("answers_until", "reports_until", "heard")
    }
    return DutyFacts(officer=raw.get("officer", ""), basis=raw.get("basis", ""), **days)


def _followed(raw: Any, waves: Any, ids: Any) -> Followed:
    """An action that was followed: since the last wave but one, where nothing else is said."""
    before = waves[max(0, len(waves) - 2)]["id"]
    since = raw.get("since", before)
    return Followed(
        raw["action"],
        raw["dimension"],
        raw["status"],
        ids.get(since, since),
        *(raw.get(name, "") for name in ("note", "owner", "start", "due")),
    )
