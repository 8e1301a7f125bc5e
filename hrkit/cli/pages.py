"""Commands that print, and issue what they print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, complain, formats, say
from hrkit.errors import HrkitError
from hrkit.publish.formats import BESIDE

__all__ = ["explain", "letters", "print_", "release", "report", "sheet"]


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--profile", help="Report profile: full, summary, workshop, tools.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    help="Where the PDF goes, a file or a folder; into DIR if not given.",
)
@click.option("--keep-notebook", is_flag=True, help="Leave the executed notebook beside the PDF.")
@click.option(
    "--also",
    multiple=True,
    callback=formats,
    metavar="|".join(BESIDE),
    help="Another format beside the PDF, of the same run; several with commas or one by one.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@click.option("--trust", is_flag=True, help="Run the code of a notebook that came from elsewhere.")
@answerable
def report(
    folder: Path,
    language: str | None,
    profile: str | None,
    wave: str | None,
    output: Path | None,
    keep_notebook: bool,
    also: tuple[str, ...],
    overwrite: bool,
    trust: bool,
) -> None:
    """Run the report notebook on an engagement and print it as PDF."""
    from hrkit.commands.report import report as make

    made = make(
        folder,
        language=language or "",
        profile=profile or "",
        wave=wave or "",
        output=output,
        keep_notebook=keep_notebook,
        also=also,
        overwrite=overwrite,
        trust=trust,
    )
    for message in made.messages:
        say(f"note: {message}", err=True)
    for path in (made.pdf, *made.also):
        say(str(path))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--unit", default="", help="Id of a unit: its two-page feedback sheet.")
@click.option("--talk", default="", help="Id of a dimension: a sheet to prepare a talk about it.")
@click.option("--side", default="", help="With --talk: whose sheet, leader or hr.")
@click.option("--own", default="", help="A sheet for one person or two: leader, hr or pair.")
@click.option("--name", default="", help="A sheet of the tool in DIR, by name: cards, say.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Where the PDF goes; into DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace a file that was changed, or is final.")
@answerable
def sheet(
    folder: Path,
    unit: str,
    talk: str,
    side: str,
    own: str,
    name: str,
    language: str | None,
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Print a feedback sheet for a unit, or one side's sheet for a talk about a gap."""
    from hrkit.commands.sheet import sheet as make

    say(
        str(
            make(
                folder,
                unit=unit,
                talk=talk,
                side=side,
                own=own,
                name=name,
                language=language or "",
                wave=wave or "",
                output=output,
                overwrite=overwrite,
            )
        )
    )


@click.command("print")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/papers if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def print_(
    folder: Path, names: tuple[str, ...], language: str | None, output: Path | None, overwrite: bool
) -> None:
    """Print papers to write on: grid, pulse, and the forms that actions name; all if none is named."""
    from hrkit.commands.print_papers import print_papers

    how: dict[str, Any] = {"language": language or "", "output": output, "overwrite": overwrite}
    for path in print_papers(folder, names, **how):
        say(str(path))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/mail if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def letters(
    folder: Path,
    names: tuple[str, ...],
    language: str | None,
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write the letters and mails around a round, as text, for Word and as PDF; all if none is named."""
    from hrkit.commands.letters import letters as write

    how: dict[str, Any] = {"language": language or "", "wave": wave or "", "output": output}
    made = write(folder, names, overwrite=overwrite, **how)
    for message in made.messages:
        say(f"note: {message}", err=True)
    for path in made.paths:
        say(str(path))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", required=True, help="Id of the wave to freeze.")
@answerable
def release(folder: Path, wave: str) -> None:
    """Freeze a wave: its report is no longer a draft, and it takes no more answers.

    Where DIR holds several engagements, the wave of each of them; exit code 3: some could not be.
    """
    from hrkit.commands.release import release as freeze
    from hrkit.commands.release import release_all
    from hrkit.model.engagement import FILE

    if (folder / FILE).is_file() or not any(folder.glob(f"*/{FILE}")):
        say(str(freeze(folder, wave)))
        return
    done, failed = release_all(folder, wave)
    for one in done:
        say(str(one))
    for name, error in failed:
        complain(HrkitError(f"{name}: {error}"))
    if failed:
        sys.exit(3)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("measure")
@click.argument("perspective", default="all")
@click.option("--unit", help="Id of a unit; the whole organisation if not given.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@answerable
def explain(
    folder: Path,
    measure: str,
    perspective: str,
    unit: str | None,
    language: str | None,
    wave: str | None,
) -> None:
    """Make the printed numbers about a dimension, pillar or question again, from released data only.

    Scores, intervals, levels, gaps, change, the order of priorities, units and reliability come as
    sums; a question's mean, shares or number of answers as far as they are shown.
    """
    from hrkit.assessment.explain import explain as tell

    how = {"wave": wave or "", "unit": unit or "", "language": language or ""}
    say(tell(folder, measure, perspective, **how))
