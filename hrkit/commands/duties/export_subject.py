"""Write down everything that is kept under a personal code, for the person who asks to see it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.duties.held import called, stores
from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked, as_of

if TYPE_CHECKING:
    from hrkit.answers.store import DataSubject, Store
    from hrkit.model.instrument import Question
    from hrkit.model.language import Words

__all__ = ["SubjectExport", "export_subject"]

#: Sub-folder of the engagement's folder where papers about the data go.
FOLDER = "duties"


@dataclass(frozen=True, slots=True)
class SubjectExport:
    """The files that were written, and the waves in which anything is kept."""

    paths: tuple[Path, ...]
    waves: tuple[str, ...]


def export_subject(
    folder: str | Path,
    code: str,
    *,
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> SubjectExport:
    """Write what is kept under a personal code: to be read (PDF) and to be taken along (JSON).

    Neither file names the code.  They hold one person's answers: hand them over, and delete them.

    Parameters
    ----------
    folder
        The engagement's folder, with the tools in it; or that of one tool.
    code
        As the person has it.
    language
        The engagement's own if empty.
    output
        Folder for the files; ``duties`` in the engagement's if not given.
    overwrite
        Replace files that were changed since.

    Raises
    ------
    HrkitError
        If nothing is kept under the code.
    """
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.handouts.subject import KeptOfSubject, subject_blocks
    from hrkit.report.running import paper_info

    engagement = engagements.load(folder)
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise HrkitError(f"{engagement.instrument.id} has no language {spoken}; it has {has}.")
    words, day = engagement.words(spoken), dt.date.today()
    kept: list[dict[str, Any]] = []
    waves: list[str] = []
    for at, store in stores(engagement, write=True):
        if found := store.subject(code):
            own = at.words(spoken if spoken in at.instrument.languages else at.language)
            kept += [_kept(store, at, one, own) for one in found]
            waves += [called(at, one.wave) for one in found]
            store.note("export")
    if not kept:
        raise HrkitError(
            "Nothing is kept under this code. If answers were given without it, nobody can say "
            "which ones; compare the code, and ask how the form was answered."
        )
    home = folder_place(output, engagement.folder / FOLDER, "files")
    stem = home / f"{engagement.id}-subject-{day.isoformat()}"
    title = words("duties.subject.title")
    blocks = subject_blocks([KeptOfSubject(**one) for one in kept], words, engagement, day)
    data = {
        "client": engagement.client,
        "engagement": engagement.id,
        "day": day.isoformat(),
        "kept": kept,
        "cannot_be_known": [words(f"duties.subject.cannot.{name}") for name in CANNOT],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    files = {
        stem.with_name(f"{stem.name}.pdf"): render_pdf(
            (paper_info(engagement, words, title, day), *blocks)
        ),
        stem.with_name(f"{stem.name}.json"): text.encode("utf-8"),
    }
    paths = write_folder(engagement, home, files, overwrite)
    return SubjectExport(paths, tuple(dict.fromkeys(waves)))


#: What nobody can say, by the names of the sentences.
CANNOT = ("without_code", "room", "records", "copies")


def _kept(store: Store, engagement: Engagement, one: DataSubject, words: Words) -> dict[str, Any]:
    """Everything about one wave, in words."""
    with store.looking(one.wave) as round:
        settings, begun = round.settings, round.begun
    now = next((w for w in engagement.waves if one.wave in (w.id, *w.was)), None)
    then = as_of(engagement, one.wave, settings) if settings else as_asked(engagement, begun)
    places = {unit.id: unit.name for unit in (*engagement.units, *then.units)}
    questions = then.instrument.questions()
    asked = {(q.item.id, q.facet.id): q for q in questions}
    rows = [
        _row(asked.get(which), which, value, one.perspective, words, then)
        for which, value in one.answers.items()
    ]
    frozen = store.frozen(one.wave)
    return {
        "questionnaire": then.instrument.title[words.language],
        "wave": (now.name.get(words.language) if now else "") or one.wave,
        "unit": places.get(one.unit, one.unit),
        "perspective": str(
            then.instrument.people.one(one.perspective).name("role", words.language)
        ),
        "tier": one.level or "",
        "pair": one.pair or "",
        "language": one.language or "",
        "hasty": one.hasty,
        "source": one.source or "",
        "answers": rows,
        "earlier": [
            [
                _row(asked.get(which), which, value, one.perspective, words, then)
                for which, value in before.items()
            ]
            for before in one.earlier
        ],
        "versions": len(store.releases(one.wave)),
        "frozen": frozen.isoformat() if frozen else "",
        "printed": sorted(_printed(store, one)),
    }


def _row(
    question: Question | None,
    which: tuple[str, str],
    value: str,
    perspective: str,
    words: Words,
    then: Engagement,
) -> dict[str, str]:
    item, facet = which
    if question is None:
        return {"item": item, "facet": facet, "question": item, "answer": value}
    language, scale = words.language, question.facet.scale
    labels = {c.value: c.label[language] for c in (*scale.choices, *scale.ways_out)}
    try:
        asked = then.instrument.wording(question.item, perspective, language)
    except KeyError:
        asked = then.instrument.label(question.item, language)
    if len(question.item.facets) > 1:
        asked = f"{asked} – {question.facet.label[language]}"
    chosen: Sequence[str] = value.split() if scale.kind == "pick" else (value,)
    said = words.join([labels.get(one, one) for one in chosen]) if scale.choices else value
    return {"item": item, "facet": facet, "question": asked, "answer": said, "value": value}


def _printed(store: Store, one: DataSubject) -> set[str]:
    """Their own words that stood in a version that was issued."""
    shown = {
        comment["text"]
        for release in store.releases(one.wave)
        for comment in release.audit.get("released", {}).get("comments", ())
    }
    return {text for which, text in one.answers.items() if which in one.comments and text in shown}
