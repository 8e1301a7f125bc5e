"""Print the report of every engagement in a folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.outputs import report_name
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.portfolio.split import engagements_in

__all__ = ["Batch", "batch"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Outcome of each engagement by name, and what its maker should be told."""

    done: tuple[tuple[str, Path], ...]
    failed: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()


def batch(
    source: str | Path,
    output: str | Path,
    *,
    language: str = "",
    profile: str = "",
    overwrite: bool = False,
    trust: bool = False,
) -> Batch:
    """Print every engagement folder in ``source`` to ``output``; one failure stops no other.

    Parameters
    ----------
    source
        Folder of engagement folders.
    output
        Folder for the PDFs; each carries client, wave, language and profile in its name.
    language, profile
        Each engagement's own if empty.
    overwrite, trust
        What may be replaced, and whose notebooks run: as in `hrkit.commands.report.report`.

    Returns
    -------
    Batch
        What was done, what failed and why, what was passed over.

    Raises
    ------
    EngagementError
        If there is no engagement folder.
    """
    from hrkit.commands.report import report
    from hrkit.publish.batch.run import Job, run_batch

    source, output = Path(source), Path(output)
    if output.exists() and not output.is_dir():
        raise HrkitError(f"{output} is a file; choose a folder for the reports.")
    places = {place.name: place for place in engagements_in(source)}
    names = {folder: _name(place, language, profile) for folder, place in places.items()}
    often = Counter(name.casefold() for name in names.values())
    messages: list[tuple[str, str]] = []

    def work(job: Job) -> Path:
        if often[names[job.name].casefold()] > 1:
            raise HrkitError(
                f"Two engagements would write {names[job.name]}; give each its own id in "
                "engagement.yml."
            )
        made = report(
            places[job.name],
            language=language,
            profile=profile,
            output=output / names[job.name],
            overwrite=overwrite,
            trust=trust,
        )
        messages.extend((job.name, message) for message in made.messages)
        return made.pdf

    result = run_batch([Job(folder, output / f"{folder}.pdf") for folder in places], work)
    return Batch(
        tuple((one.name, one.path) for one in result.done),
        tuple((one.name, one.error) for one in result.failed),
        tuple(one.name for one in result.skipped),
        tuple(messages),
    )


def _name(place: Path, language: str, profile: str) -> str:
    """A report's file name; the folder's, where the engagement cannot be read (it then fails)."""
    try:
        engagement = engagements.load(place)
        wave = engagement.wave(None).id
    except HrkitError:
        return f"{place.name}.pdf"
    return report_name(
        engagement, wave, language or engagement.language, profile or engagement.report.profile
    )
