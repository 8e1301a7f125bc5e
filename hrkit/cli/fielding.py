"""Commands around a round in the field: questions to other programs, who answered, what was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, say

__all__ = ["export", "imports", "respondents", "undo"]


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--to", required=True, metavar="PROGRAM", help="For which program; unknown ones are listed."
)
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("--language", type=LANGUAGE, help="One language; all of the engagement if not given.")
@click.option(
    "--codes/--no-codes",
    default=None,
    help="Ask for personal codes; as the engagement has them if not said.",
)
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/surveys if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def export(folder: Path, to: str, **given: Any) -> None:
    """Write the questions for another survey program, or to be printed; no answer goes with them."""
    from hrkit.commands.export import export as write

    told = write(folder, to, **{name: value for name, value in given.items() if value is not None})
    for line in str(told).splitlines():
        say(line)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("--language", type=LANGUAGE, help="Of reminders; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder to write reminders to.")
@click.option("--overwrite", is_flag=True, help="Replace reminders that were changed.")
@answerable
def respondents(folder: Path, **given: Any) -> None:
    """Say who could answer and how many did, as far as it may be told; a look, recorded nowhere."""
    from hrkit.commands.respondents import respondents as found

    said = found(folder, **{name: value for name, value in given.items() if value is not None})
    for line in str(said).splitlines():
        say(line)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@answerable
def imports(folder: Path) -> None:
    """List what was imported, with the name by which each import is undone."""
    from hrkit.commands.imports import imports as listed

    for line in str(listed(folder)).splitlines():
        say(line)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("name", default="", metavar="[NAME]")
@answerable
def undo(folder: Path, name: str) -> None:
    """Undo an import whole, the last one if none is named; a frozen wave stays as it is."""
    from hrkit.commands.undo import undo as run

    for line in str(run(folder, name)).splitlines():
        say(line)
