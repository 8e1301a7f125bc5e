"""Run the report notebook on an engagement and print what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit import kit
from hrkit.blocks import Block, DocumentInfo
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["NOTEBOOK", "Delivered", "deliver"]


NOTEBOOK = "3_report.ipynb"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A printed report, and what its maker should be told."""

    pdf: Path
    messages: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()


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
    from hrkit.answers.neighbours import unread_stores
    from hrkit.answers.store import open_store
    from hrkit.assessment.profile import load_profile
    from hrkit.disclosure.release import release
    from hrkit.publish.document import blocks_of
    from hrkit.publish.notebook import execute
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.theme import theme

    # What can be refused is refused before a kernel starts.
    engagement = engagements.load(folder)
    engagement.wave(wave or None)
    unread = unread_stores(engagement)
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
    write_all(files)
    return Delivered(pdf, (*unread, *theme(engagement.branding).messages), tuple(files)[1:])


def _rendered(
    kind: str, blocks: tuple[Block, ...], home: Path, wave: str, before: Released | None
) -> bytes:
    """The document in another format."""
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.workbook import tables
    from hrkit.errors import PublishError
    from hrkit.publish.excel import render_excel
    from hrkit.publish.html import render_html
    from hrkit.publish.word import render_word

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
