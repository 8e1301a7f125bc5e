"""What the processes of a benchmark do; see `hrkit.commands.benchmark`.

``bring`` issues one organisation's wave and leaves what it brings in: a few released means.  ``decide`` holds
those of all, decides what may be shown, records it, and leaves for each client what its page is made
of: the norms and its own part in them.  ``own`` prints the consultant's report.  A client's page is made in
a process of its own (`hrkit.commands.batch_steps`), which has never held another organisation's figure.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from hrkit import kit
from hrkit.commands.sealed import NO_KEYS, take_keys

__all__ = ["bring", "decide", "own"]

_BINARY = getattr(os, "O_BINARY", 0)


def _leave(place: Path, text: str) -> None:
    handle = os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | _BINARY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def bring(folder: str, wave: str, into: str, keys: Mapping[str, str] = NO_KEYS) -> dict[str, Any]:
    """Issue an organisation's wave and leave what it brings into the benchmark.

    Returns
    -------
    dict
        ``file``, and ``id`` and ``client`` of the engagement.
    """
    from hrkit.assessment.assessment import as_it_was
    from hrkit.assessment.parts import issue_all
    from hrkit.disclosure.portfolio.entries import BroughtIn, entry_of, entry_to_json
    from hrkit.model import engagement_file as engagements

    take_keys(keys)
    engagement = engagements.load(folder)
    round = engagement.wave(wave or None).id
    if engagement.benchmark:
        # With its tools, as for its report: so the report that follows finds the same version.
        released, _ = issue_all(engagement, round)
        entry = entry_of(as_it_was(engagement, round, released), round, released)
    else:
        asked = engagement.instrument
        entry = BroughtIn(
            engagement.id,
            engagement.client,
            round,
            asked.id,
            asked.version,
            takes_part=False,
            synthetic=engagement.synthetic,
        )
    file = Path(into) / f"entry-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}.json"
    _leave(file, json.dumps(entry_to_json(entry), ensure_ascii=False))
    return {"file": str(file), "id": engagement.id, "client": engagement.client}


def decide(
    source: str, folders: dict[str, str], wave: str, into: str, language: list[str]
) -> dict[str, Any]:
    """Decide what may be shown of all together, record it, and leave what each client is told.

    Parameters
    ----------
    source
        The portfolio's folder, in which it is recorded.
    folders
        File that an organisation left, by the organisation's folder.
    wave
        Id of the wave; the one that most organisations brought if empty.
    into
        Where a file is left for each client.
    language
        Languages of the consultant's report; the organisations' own if empty.

    Returns
    -------
    dict
        ``wave``, ``number``, ``counted`` and ``enough``; ``clients``: folders of those that get a page;
        ``left_out``, with reasons, ``waiting`` and ``held``: how many; ``languages``.
    """
    from hrkit.commands.batch_steps import norms_file
    from hrkit.disclosure.portfolio import decide as rules
    from hrkit.disclosure.portfolio.entries import entry_from_json
    from hrkit.disclosure.released import compared_to_json
    from hrkit.model import engagement_file as engagements
    from hrkit.portfolio.issued import open_benchmarks

    read = {
        folder: entry_from_json(json.loads(Path(file).read_text("utf-8")))
        for folder, file in folders.items()
    }
    entries = tuple(read.values())
    asked = Counter(entry.wave for entry in entries if entry.takes_part)
    round = wave or max(asked, key=lambda one: (asked[one], one), default="")
    here, left_out = rules.counted(entries, round)
    first = next(
        (f for f, e in read.items() if here and e.organisation == here[0].organisation), ""
    )
    pattern = engagements.load(Path(source) / first) if first else None
    scales = rules.scales_of(pattern.instrument) if pattern else {}
    day = dt.date.today()
    found = None
    if len(here) >= 1:
        with open_benchmarks(Path(source)) as kept:
            found = kept.issue(
                entries, round, lambda earlier: rules.decide(entries, scales, earlier, round), day
            )
            clients = {
                folder: entry
                for folder, entry in read.items()
                if found.enough and entry.organisation not in left_out
            }
            if clients:
                told_to = [entry.organisation for entry in clients.values()]
                kept.show(found.issued.norms.number, told_to, day)
        for entry in clients.values():
            told = rules.compared_with(found.issued, entry.organisation)
            _leave(Path(into) / norms_file(entry.organisation), json.dumps(compared_to_json(told)))
    return {
        "wave": round,
        "number": found.issued.norms.number if found else 0,
        "counted": len(here),
        "enough": bool(found and found.enough),
        "clients": sorted(clients) if found else [],
        "left_out": {
            read_.client: left_out[read_.organisation]
            for read_ in entries
            if read_.organisation in left_out
        },
        "waiting": len(found.waiting) if found else 0,
        "held": len(found.held) if found else 0,
        "languages": language or ([pattern.language] if pattern else []),
    }


def own(
    source: str, wave: str, language: str, name: str, also: list[str], trusting: bool, into: str
) -> dict[str, Any]:
    """Print the consultant's own report from what is recorded, by its notebook.

    Returns
    -------
    dict
        ``files`` and ``messages``.
    """
    from hrkit.commands.making import may_run, notebook_of
    from hrkit.publish.batch.whole import check_whole
    from hrkit.publish.document import document_of
    from hrkit.publish.formats import BESIDE
    from hrkit.publish.normalise import unset
    from hrkit.publish.notebook import execute
    from hrkit.publish.notebook_file import read_notebook
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.running import page_words_in

    home = Path(source).absolute()
    notebook = notebook_of(home, kit.BENCHMARK)
    may_run(read_notebook(notebook), notebook.name, trusting)
    executed = execute(
        notebook,
        None,
        {"wave": wave, "language": language},
        cwd=home,
        admit=partial(may_run, name=notebook.name, trust=trusting),
        here=True,
    )
    document = document_of(executed, notebook.stem, page_words_in)
    contents = {"pdf": render_pdf(document.blocks)}
    contents |= {kind: BESIDE[kind](document) for kind in also}
    files = []
    for kind, data in contents.items():
        check_whole(kind, data, name)
        place = Path(into) / f"{name}.{kind}"
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        files.append(place.name)
    return {"files": files, "messages": [*document.messages, *unset(document.blocks)]}
