"""Run the report notebook on an engagement and print what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hrkit import kit
from hrkit.commands.outputs import Outputs, report_name, report_place
from hrkit.errors import PublishError
from hrkit.model import engagement_file as engagements

__all__ = ["Delivered", "report"]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A printed report, and what its maker should be told."""

    pdf: Path
    messages: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()


def report(
    folder: str | Path,
    *,
    language: str = "",
    profile: str = "",
    wave: str = "",
    output: str | Path | None = None,
    keep_notebook: bool = False,
    also: str | Sequence[str] = (),
    overwrite: bool = False,
    trust: bool = False,
) -> Delivered:
    """Execute the report notebook for an engagement and print it.

    The engagement's own copy of the notebook is used where there is one, so that what a
    consultant added to it is printed too.

    Parameters
    ----------
    folder
        The engagement's folder, or its ``engagement.yml``.
    language, profile
        The engagement's own if empty.
    wave
        Id of a wave; the latest if empty.
    output
        A file that ends in ``.pdf``, or a folder that is there; the engagement's if None.
    keep_notebook
        Leave the executed notebook beside the PDF.
    also
        Further formats (`hrkit.publish.formats.BESIDE`), files beside the PDF, made of the same
        run; ``xlsx`` is an appendix with the figures the report shows, ``pptx`` its key pages as
        slides, on ``branding.pptx_template`` where there is one.  One as it is, several in a list
        or with commas.
    overwrite
        Replace files that were changed since, are not ours, or tell of a frozen wave.
    trust
        Run a notebook whose code is neither the kit's nor signed on this machine.

    Returns
    -------
    Delivered
        Where the files are, and what their maker should be told.

    Raises
    ------
    HrkitError
        If anything of the engagement or the parameters is wrong; no file is left then.
    """
    from hrkit.answers.neighbours import unread_stores
    from hrkit.assessment import ready
    from hrkit.assessment.job import handed_over
    from hrkit.assessment.parts import issue_all, parts_of
    from hrkit.assessment.profile import load_profile
    from hrkit.publish.document import document_of
    from hrkit.publish.formats import BESIDE
    from hrkit.publish.normalise import unset
    from hrkit.publish.notebook import as_bytes, execute
    from hrkit.publish.parameters import read_notebook
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.stamps import check_whose
    from hrkit.publish.trust import absent, sign
    from hrkit.report.running import page_words_in
    from hrkit.report.theme import theme

    # What can be refused is refused before a kernel starts.
    engagement = engagements.load(folder)
    round = engagement.wave(wave or None).id
    load_profile(profile or engagement.report.profile, engagement.folder)
    ready.refuse(engagement)
    also = also.split(",") if isinstance(also, str) else also
    also = tuple(word.strip() for word in also)
    for kind in also:
        if kind not in BESIDE:
            raise PublishError(f"A report cannot be made as {kind!r}; use {', '.join(BESIDE)}.")
    home = engagement.folder
    own = home / kit.REPORT
    source = own if own.is_file() else kit.notebooks() / kit.REPORT
    if not source.resolve().is_relative_to(source.parent.resolve()):
        raise PublishError(
            f"{kit.REPORT} is a link that leads out of the folder; copy the notebook."
        )
    name = report_name(
        engagement,
        round,
        language or engagement.language,
        profile or engagement.report.profile,
    )
    pdf = report_place(output, home, name)
    beside = {kind: pdf.with_suffix(f".{kind}") for kind in dict.fromkeys(also)}
    kept = pdf.with_suffix(".ipynb")
    outputs = Outputs(
        home, overwrite, working=(source, *(home / name for name in kit.notebook_names()))
    )
    outputs.check([pdf, *beside.values(), *([kept] if keep_notebook else [])])
    template = engagement.branding.pptx_template if "pptx" in beside else ""
    slides_on = (home / template).read_bytes() if template else b""
    may_run = partial(_may_run, name=source.name, trust=trust)
    may_run(read_notebook(source))
    given = {"language": language, "profile": profile, "wave": wave}
    # Issued once, here; the kernel shows this very version and opens no store.
    released, parts = issue_all(engagement, round)
    with handed_over(engagement, released, parts) as variables:
        executed = execute(
            source,
            None,
            {name: value for name, value in given.items() if value},
            # The cells find the engagement as the folder they run in: no path gets into the notebook.
            cwd=home,
            admit=may_run,
            variables=variables,
        )
    document = replace(document_of(executed, source.stem, page_words_in), template=slides_on)
    blocks = document.blocks
    check_whose(executed, engagement.id, released.wave, pdf.stem)
    files = {pdf: render_pdf(blocks)}
    for kind, place in beside.items():
        files[place] = BESIDE[kind](document)
    others = tuple(files)[1:]
    if keep_notebook:
        files[kept] = as_bytes(executed)
    outputs.write(files, final=released.state == "final")
    if keep_notebook:
        sign(read_notebook(kept))  # so that JupyterLab shows it here as it was printed
    undecided = "who will see the report is not said yet (audience in engagement.yml)"
    silent = [id for id in parts_of(engagement) if id not in parts]
    messages = (
        *unread_stores(engagement),
        *(f"nobody has answered {id} in this wave, so it has no chapter" for id in silent),
        *theme(engagement.branding).messages,
        *((undecided,) if engagement.undecided else ()),
        *absent(executed, read_notebook(kit.notebooks() / kit.REPORT), source.name),
        *document.messages,
        *unset(blocks),
    )
    return Delivered(pdf, messages, others)


def _may_run(notebook: object, name: str, trust: bool) -> None:
    """Refuse code that nobody on this machine has answered for."""
    from hrkit.publish.trust import admit

    admit(notebook, kit.known_cells(kit.REPORT), name, trust=trust)
