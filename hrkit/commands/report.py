"""Run the report notebook on an engagement and print what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit import kit
from hrkit.commands.making import PLACE, ReportOrder, made, ordered
from hrkit.commands.outputs import Outputs, report_place
from hrkit.errors import PublishError

if TYPE_CHECKING:
    from hrkit.disclosure.released import ComparedWith

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
    told: Callable[[int, int], None] | None = None,
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
    told
        Called with how many steps are done and how many there are, as the work goes on.

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
    from hrkit.assessment.job import handed_over
    from hrkit.assessment.parts import OPENLY, issue_all, unanswered
    from hrkit.publish.notebook import as_bytes
    from hrkit.publish.notebook_file import read_notebook
    from hrkit.publish.trust import sign

    # What can be refused is refused before a kernel starts.
    order = ordered(folder, language=language, profile=profile, wave=wave, also=also, trust=trust)
    engagement, home = order.engagement, order.engagement.folder
    pdf = report_place(output, home, order.name)
    places = {"pdf": pdf} | {kind: pdf.with_suffix(f".{kind}") for kind in order.also}
    kept = pdf.with_suffix(".ipynb")
    outputs = Outputs(
        home, overwrite, working=(order.source, *(home / name for name in kit.notebook_names()))
    )
    outputs.check([*places.values(), *([kept] if keep_notebook else [])])
    compared = _told_of_others(order) if order.profile == PLACE else None
    # Issued once, here; the kernel shows this very version and opens no store.
    tell = told or (lambda _done, _of: None)
    steps = 3 + len(order.also)
    tell(0, steps)
    released, parts = issue_all(engagement, order.wave, openly=order.profile == OPENLY)
    tell(1, steps)
    with handed_over(engagement, released, parts, compared) as variables:
        what = made(
            order, released.wave, variables, pdf.stem, told=lambda done: tell(1 + done, steps)
        )
    files = {places[kind]: data for kind, data in what.files.items()}
    others = tuple(files)[1:]
    if keep_notebook:
        files[kept] = as_bytes(what.executed)
    outputs.write(files, final=released.state == "final")
    if keep_notebook:
        sign(read_notebook(kept))  # so that JupyterLab shows it here as it was printed
    undecided = "who will see the report is not said yet (audience in engagement.yml)"
    silent = unanswered(engagement, released.wave, parts)
    messages = (
        *unread_stores(engagement),
        *(f"nobody has answered {id} in this wave, so it has no chapter" for id in silent),
        *((undecided,) if engagement.undecided else ()),
        *what.messages,
    )
    return Delivered(pdf, messages, others)


def _told_of_others(order: ReportOrder) -> ComparedWith:
    """What the client is told by the benchmark that stands; that it is shown is written down before it is.

    Raises
    ------
    PublishError
        In one sentence, if there is none.
    """
    import datetime as dt

    from hrkit.portfolio.issued import open_benchmarks, told_last

    engagement = order.engagement
    if not engagement.benchmark:
        raise PublishError(
            f"{engagement.client} is in no benchmark (benchmark: false), so it has no place among "
            "other organisations to print."
        )
    told = told_last(engagement, order.wave)
    if told is None:
        raise PublishError(
            f"No benchmark of {order.wave} stands beside {engagement.client} yet; compare the "
            "organisations first: hrkit benchmark SRC, where SRC is the folder that all of them lie in."
        )
    with open_benchmarks(engagement.folder.parent) as kept:
        kept.show(told.norms.number, [engagement.id], dt.date.today())
    return told
