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
    from hrkit.assessment import ready
    from hrkit.assessment.job import handed_over
    from hrkit.assessment.profile import load_profile
    from hrkit.disclosure.release import issue
    from hrkit.errors import PublishError
    from hrkit.publish.document import blocks_of
    from hrkit.publish.notebook import as_bytes, execute
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.stamps import check_whose
    from hrkit.report.theme import theme

    # What can be refused is refused before a kernel starts.
    engagement = engagements.load(folder)
    round = engagement.wave(wave or None).id
    load_profile(profile or engagement.report.profile, engagement.folder)
    ready.refuse(engagement)
    for kind in also:
        if kind not in ("html", "docx", "xlsx"):
            raise PublishError(f"A report cannot be made as {kind!r}; use html, docx or xlsx.")
    # Issued once, here; the kernel shows this very version and opens no store.
    released = issue(engagement, round)
    home = engagement.folder
    own = home / NOTEBOOK
    source = own if own.is_file() else kit.notebooks() / NOTEBOOK
    pdf = output or home / f"report-{language or engagement.language}.pdf"
    given = {"language": language, "profile": profile, "wave": wave}
    with handed_over(engagement, released) as variables:
        executed = execute(
            source,
            None,
            {name: value for name, value in given.items() if value},
            # The cells find the engagement as the folder they run in: no path gets into the notebook.
            cwd=home,
            variables=variables,
        )
    blocks = blocks_of(executed, pdf.stem)
    check_whose(executed, engagement.id, round, pdf.stem)
    files = {pdf: render_pdf(blocks)}
    for kind in dict.fromkeys(also):
        name = f"{pdf.stem if pdf.suffix == '.pdf' else pdf.name}.{kind}"
        files[pdf.with_name(name)] = _rendered(kind, blocks, home, released)
    others = tuple(files)[1:]
    if keep_notebook:
        files[pdf.with_suffix(".ipynb")] = as_bytes(executed)
    write_all(files)
    said = list(theme(engagement.branding).messages)
    if engagement.undecided:
        said.append("who will see the report is not said yet (audience in engagement.yml)")
    return Delivered(pdf, tuple(said), others)


def _rendered(kind: str, blocks: tuple[Block, ...], home: Path, released: Released) -> bytes:
    """The document in another format."""
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.workbook import tables
    from hrkit.publish.excel import render_excel
    from hrkit.publish.html import render_html
    from hrkit.publish.word import render_word

    if kind == "html":
        return render_html(blocks).encode("utf-8")
    if kind == "docx":
        return render_word(blocks)
    info = next(block for block in blocks if isinstance(block, DocumentInfo))
    report = assess(home, language=info.language, wave=released.wave, released=released)
    return render_excel(tables(report.context, blocks), info)
