"""Reports out: run the notebook, print what it shows, freeze a wave, make the demo, loop over clients."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit import kit
from hrkit.blocks import Block, DocumentInfo
from hrkit.commands.intake import engagements_in
from hrkit.model import engagement as engagements

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Batch", "Delivered", "batch", "deliver", "freeze", "make_demo", "sheet"]

NOTEBOOK = "3_report.ipynb"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A printed report, and what its maker should be told."""

    pdf: Path
    messages: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Outcome of each engagement by name."""

    done: tuple[tuple[str, Path], ...]
    failed: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...] = ()


def deliver(
    folder: Path,
    *,
    language: str = "",
    profile: str = "",
    wave: str = "",
    output: Path | None = None,
    keep_notebook: bool = False,
    also: Sequence[str] = (),
) -> Delivered:
    """Execute the report notebook for an engagement and print it.

    The engagement's own copy of the notebook is used where there is one, so that what a
    consultant added to it is printed too.  ``also`` names further formats, ``html``, ``docx``
    and ``xlsx`` (an appendix with the figures the report shows): files beside the PDF, made of
    the same run.

    Raises
    ------
    HrkitError
        If anything of the engagement or the parameters is wrong; no file is left then.
    """
    from hrkit.answers.store import open_store
    from hrkit.disclosure.release import release
    from hrkit.publish.document import blocks_of
    from hrkit.publish.notebook import execute
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.assessment import load_profile
    from hrkit.report.theme import theme

    # What can be refused is refused before a kernel starts.
    engagement = engagements.load(folder)
    engagement.wave(wave or None)
    load_profile(profile or engagement.report.profile)
    open_store(engagement, create=False).close()  # no answers yet: say so before anything runs
    home = engagement.folder
    own = home / NOTEBOOK
    before = release(engagement, engagement.wave(wave or None).id) if "xlsx" in also else None
    source = own if own.is_file() else kit.notebooks() / NOTEBOOK
    pdf = output or home / f"report-{language or engagement.language}.pdf"
    given = {"language": language, "profile": profile, "wave": wave}
    executed = execute(
        source,
        pdf.with_suffix(".ipynb") if keep_notebook else None,
        {name: value for name, value in given.items() if value},
        # The cells find the engagement as the folder they run in: no path gets into the notebook.
        cwd=home,
    )
    blocks = blocks_of(executed, pdf.stem)
    files = {pdf: render_pdf(blocks)}
    for kind in dict.fromkeys(also):
        name = f"{pdf.stem if pdf.suffix == '.pdf' else pdf.name}.{kind}"
        files[pdf.with_name(name)] = _rendered(kind, blocks, home, wave, before)
    _write_all(files)
    return Delivered(pdf, theme(engagement.branding).messages, tuple(files)[1:])


def _rendered(
    kind: str, blocks: tuple[Block, ...], home: Path, wave: str, before: Released | None
) -> bytes:
    """The document in another format."""
    from hrkit.errors import PublishError
    from hrkit.publish.excel import render_excel
    from hrkit.publish.html import render_html
    from hrkit.publish.word import render_word
    from hrkit.report.appendix import tables
    from hrkit.report.assessment import assess

    if kind == "html":
        return render_html(blocks).encode("utf-8")
    if kind == "docx":
        return render_word(blocks)
    if kind != "xlsx":
        raise PublishError(f"A report cannot be made as {kind!r}; use html, docx or xlsx.")
    info = next(block for block in blocks if isinstance(block, DocumentInfo))
    report = assess(home, language=info.language, wave=wave)
    if report.released != before:
        raise PublishError(
            "Answers came in while the report was made, so its figures and the appendix could "
            "differ; make it again."
        )
    if report.info.subtitle != info.subtitle:
        raise PublishError(
            "The notebook shows another wave than the appendix would; name the wave (--wave)."
        )
    return render_excel(tables(report.context, blocks), info)


def _write_all(files: Mapping[Path, bytes]) -> None:
    """Every file whole, or none: all are written under another name first."""
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path].write_bytes(data)
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def sheet(
    folder: Path,
    *,
    unit: str = "",
    talk: str = "",
    side: str = "",
    language: str = "",
    wave: str = "",
    output: Path | None = None,
) -> Path:
    """Print a unit's feedback sheet, or one side's sheet for a talk about a dimension.

    Raises
    ------
    HrkitError
        If not exactly one of them is named, or what is named is not there.
    """
    from hrkit.errors import HrkitError
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.assessment import assess

    if bool(unit) == bool(talk) or bool(talk) != bool(side):
        raise HrkitError("Name a unit (--unit), or a dimension and a side (--talk, --side).")
    report = assess(folder, language=language, wave=wave)
    shown = report.unit_sheet(unit) if unit else report.conversation_sheet(talk, side)
    name = f"sheet-{unit}" if unit else f"talk-{talk}-{side}"
    pdf = output or report.engagement.folder / f"{name}-{report.context.language}.pdf"
    data = render_pdf(shown.blocks)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    part = pdf.with_name(f".{pdf.name}.part")
    part.write_bytes(data)
    part.replace(pdf)
    return pdf


def freeze(folder: Path, wave: str) -> str:
    """Freeze a wave and keep the audit of what was released; says what was done.

    Raises
    ------
    HrkitError
        If there is no such wave, it has no answers, or it is frozen already.
    """
    from hrkit.answers.store import open_store
    from hrkit.disclosure.audit import audit_of
    from hrkit.disclosure.release import release
    from hrkit.errors import StoreError

    engagement = engagements.load(folder)
    engagement.wave(wave)
    today = dt.date.today()
    with open_store(engagement, create=False) as store:
        before = store.frozen(wave)
        if before is not None:
            raise StoreError(f"The wave {wave} was frozen on {before.isoformat()} already.")
        if not len(store.read(wave)):
            raise StoreError(f"The wave {wave} has no answers yet: there is nothing to release.")
        # What is shown now is kept in the store; from here on it is what every report prints.
        audit, digest = audit_of(release(engagement, wave))
        store.freeze(wave, digest, today)
    path = engagement.folder / f"release-{wave}.json"
    path.write_text(audit_text(audit), encoding="utf-8")
    return f"{engagement.client}: wave {wave} is frozen; what was released stands in {path.name}."


def audit_text(audit: object) -> str:
    """The audit file's text: stable, readable JSON."""
    import json

    return json.dumps(audit, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def make_demo(output: Path) -> tuple[Path, ...]:
    """Build the SYNTHETIC municipality and print its report in each language."""
    from hrkit import synthetic

    client = synthetic.client("municipality")
    folder = output / client.id
    synthetic.build(client, folder)
    return tuple(
        deliver(folder, language=language, output=output / f"report-{language}.pdf").pdf
        for language in ("da", "nl", "en")
    )


def batch(source: Path, output: Path, *, language: str = "", profile: str = "") -> Batch:
    """Print every engagement folder in ``source`` to ``output``; one failure stops no other.

    Raises
    ------
    EngagementError
        If there is no engagement folder.
    """
    from hrkit.publish.batch import Job, run_batch

    places = {place.name: place for place in engagements_in(source)}
    jobs = [Job(name, output / f"{name}.pdf") for name in places]

    def work(job: Job) -> Path:
        return deliver(places[job.name], language=language, profile=profile, output=job.output).pdf

    result = run_batch(jobs, work)
    return Batch(
        tuple((one.name, one.path) for one in result.done),
        tuple((one.name, one.error) for one in result.failed),
        tuple(one.name for one in result.skipped),
    )
