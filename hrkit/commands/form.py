"""Write the forms for people without a network: one file a perspective, in every language."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import EngagementError, HrkitError
from hrkit.model import engagement_file as engagements

__all__ = ["form"]

#: Sub-folder of the engagement's folder where forms go.
FOLDER = "forms"


def form(
    folder: str | Path,
    perspectives: Collection[str] = (),
    *,
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write forms that are one file each, open in any browser and load nothing.

    Whoever answers saves a file of answers and sends it back; `hrkit import` takes it, or a folder
    of such files.

    Parameters
    ----------
    folder
        The engagement's folder.
    perspectives
        Ids; all if empty.
    wave
        Id of the wave; the latest if empty.
    output
        Folder for them; ``forms`` in the engagement's if not given.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    HrkitError
        If a perspective or the wave is not there, or nobody has said yet who will see the report.
    """
    from hrkit.answers.begun import as_begun
    from hrkit.forms.offline import offline_form

    engagement = as_begun(engagements.load(folder))
    if engagement.undecided:
        raise EngagementError(
            "Nobody has said yet who will see the report, and respondents are told before they "
            f"answer: write it under audience in engagement.yml ({', '.join(engagement.undecided)})."
        )
    asked = engagement.instrument.perspectives
    unknown = [name for name in perspectives if name not in asked]
    if unknown:
        raise HrkitError(f"There is no perspective {unknown[0]!r}; there are {', '.join(asked)}.")
    home = folder_place(output, engagement.folder / FOLDER, "forms")
    round_ = engagement.wave(wave or None)
    here = engagement.as_in(round_.id)
    made = {
        home / f"{engagement.id}-{round_.id}-{name}.html": offline_form(here, round_, name).encode()
        for name in perspectives or asked
    }
    return write_folder(engagement, home, made, overwrite)
