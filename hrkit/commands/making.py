"""One report from its order to its files, in the steps that `report` does at once and `batch` apart.

``ordered`` refuses whatever can be refused before anything runs; what is issued after it is handed to
the notebook as a job (`hrkit.assessment.job`); ``made`` runs the notebook and turns what it shows into
files.  Between the last two steps nothing but released tables crosses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit import kit
from hrkit.commands.outputs import report_name
from hrkit.errors import PublishError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.family import home_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "PLACE",
    "MadeReport",
    "ReportOrder",
    "formats_of",
    "made",
    "may_run",
    "notebook_of",
    "ordered",
]

#: The profile of one client's place among others.
PLACE = "benchmark"


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report that can be made: of which engagement and wave, how, and with which notebook.

    ``given`` are the notebook's parameters, as the user gave them.
    """

    engagement: Engagement
    wave: str
    language: str
    profile: str
    also: tuple[str, ...]
    source: Path
    given: Mapping[str, str]
    trust: bool = False

    @property
    def name(self) -> str:
        """The PDF's file name."""
        return report_name(self.engagement, self.wave, self.language, self.profile)


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report's contents by format, ``pdf`` first, and what its maker should be told."""

    files: Mapping[str, bytes]
    executed: NotebookNode
    messages: tuple[str, ...]


def formats_of(also: str | Sequence[str]) -> tuple[str, ...]:
    """Formats beside the PDF, as they are given: one, several with commas, or a list.

    Raises
    ------
    PublishError
        If there is no such format.
    """
    from hrkit.publish.formats import BESIDE

    also = also.split(",") if isinstance(also, str) else also
    found = tuple(dict.fromkeys(word.strip() for word in also))
    for kind in found:
        if kind not in BESIDE:
            raise PublishError(f"A report cannot be made as {kind!r}; use {', '.join(BESIDE)}.")
    return found


def ordered(
    folder: str | Path,
    *,
    language: str = "",
    profile: str = "",
    wave: str = "",
    also: str | Sequence[str] = (),
    trust: bool = False,
) -> ReportOrder:
    """What a report is to be made of, or why it cannot be.

    Raises
    ------
    HrkitError
        If anything of the engagement or the parameters is wrong.
    """
    from hrkit.assessment import ready
    from hrkit.assessment.parts import OPENLY
    from hrkit.assessment.profile import load_profile
    from hrkit.publish.notebook_file import read_notebook

    engagement = engagements.load(folder)
    round = engagement.wave(wave or None).id
    profile_ = profile or engagement.report.profile
    load_profile(profile_, engagement.folder)
    if profile_ == OPENLY and not engagement.tools and home_of(engagement) == engagement.id:
        raise PublishError(
            f"{engagement.folder.name} has taken up no tool, so there is no report of tools alone. Take "
            f"one up first (hrkit tools {engagement.folder.name} TOOL), or print another profile."
        )
    ready.refuse(engagement)
    formats = formats_of(also)
    source = notebook_of(engagement.folder, kit.BENCHMARK if profile_ == PLACE else kit.REPORT)
    may_run(read_notebook(source), name=source.name, trust=trust)
    given = {"language": language, "profile": profile, "wave": wave}
    return ReportOrder(
        engagement,
        round,
        language or engagement.language,
        profile_,
        formats,
        source,
        {name: value for name, value in given.items() if value},
        trust,
    )


def notebook_of(folder: Path, name: str) -> Path:
    """A folder's own copy of a notebook of the kit, else the kit's.

    Raises
    ------
    PublishError
        If it is a link that leads out of the folder.
    """
    own = folder / name
    source = own if own.is_file() else kit.notebooks() / name
    if not source.resolve().is_relative_to(source.parent.resolve()):
        raise PublishError(f"{name} is a link that leads out of the folder; copy the notebook.")
    return source


def made(
    order: ReportOrder,
    wave: str,
    variables: Mapping[str, str],
    name: str,
    *,
    told: Callable[[int], None] = lambda _done: None,
) -> MadeReport:
    """Run the notebook on a version that was issued and make every file of what it shows.

    Parameters
    ----------
    order
        What is to be made.
    wave
        Id of the wave that was issued; a frozen one keeps the id it had.
    variables
        Of a kernel that is to show the version (`hrkit.assessment.job.handed_over`).  Empty where this
        process was made for this report alone and has them itself: the cells run in it.
    name
        What the document is called in a message.
    told
        Called with how many steps are done: the notebook, then each file.

    Raises
    ------
    HrkitError
        If a cell fails, or the notebook shows something else than what was ordered.
    """
    from hrkit.publish.document import document_of
    from hrkit.publish.formats import BESIDE
    from hrkit.publish.normalise import unset
    from hrkit.publish.notebook import execute
    from hrkit.publish.notebook_file import read_notebook
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.stamps import check_whose
    from hrkit.publish.trust import absent
    from hrkit.report.running import page_words_in
    from hrkit.report.theme import theme

    engagement, home, source = order.engagement, order.engagement.folder, order.source
    template = engagement.branding.pptx_template if "pptx" in order.also else ""
    slides_on = (home / template).read_bytes() if template else b""
    # The notebook of a place among others has one profile and asks for none.
    given = {key: v for key, v in order.given.items() if key != "profile" or order.profile != PLACE}
    executed = execute(
        source,
        None,
        given,
        # The cells find the engagement as the folder they run in: no path gets into the notebook.
        cwd=home,
        admit=partial(may_run, name=source.name, trust=order.trust),
        variables=variables,
        here=not variables,
        formats=order.also,
    )
    document = replace(document_of(executed, source.stem, page_words_in), template=slides_on)
    check_whose(executed, engagement.id, wave, name)
    told(1)
    files = {"pdf": render_pdf(document.blocks)}
    for kind in order.also:
        told(1 + len(files))
        files[kind] = BESIDE[kind](document)
    told(1 + len(files))
    messages = (
        *theme(engagement.branding).messages,
        *absent(executed, read_notebook(kit.notebooks() / source.name), source.name),
        *document.messages,
        *unset(document.blocks),
    )
    return MadeReport(files, executed, messages)


def may_run(notebook: object, name: str, trust: bool) -> None:
    """Refuse code that nobody on this machine has answered for."""
    from hrkit.publish.trust import admit

    admit(notebook, kit.known_cells(name), name, trust=trust)
