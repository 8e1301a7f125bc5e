"""Commands for open words: what is agreed, done and filled in by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, say

__all__ = ["actions", "agreements", "fill", "pair"]


def _out_and_back(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a workbook that goes out, is filled in and comes back; what is not given is left out."""

    @wraps(command)
    def given(**how: Any) -> Any:
        return command(**{name: value for name, value in how.items() if value is not None})

    for option in (
        click.option(
            "--overwrite", is_flag=True, help="Replace a workbook somebody has worked in."
        ),
        click.option(
            "-o", "--output", type=FOLDER, help="Where it goes, .xlsx; into DIR if not given."
        ),
        click.option("--wave", help="Id of the wave; the latest if not given."),
        click.option(
            "--language",
            type=LANGUAGE,
            help="Language; the engagement's own if not given.",
        ),
        click.option(
            "--take", type=FOLDER, metavar="FILE", help="Take a workbook that was filled in."
        ),
        click.argument("folder", type=FOLDER, metavar="DIR"),
    ):
        given = option(given)
    return given


@click.command()
@_out_and_back
@answerable
def actions(folder: Path, **how: Any) -> None:
    """Write the workbook in which actions are followed, or take it when it is filled in."""
    from hrkit.commands.actions import actions as made

    say(str(made(folder, **how)))


@click.command()
@_out_and_back
@answerable
def agreements(folder: Path, **how: Any) -> None:
    """Write the workbook in which agreed levels are typed, or take it when it is filled in."""
    from hrkit.commands.agreements import agreements as made

    say(str(made(folder, **how)))


@click.command()
@click.option("--name", default="", help="Which open sheet: card, say; the first if not given.")
@click.option("--side", default="", help="Only the lines of one perspective: hr, say.")
@_out_and_back
@answerable
def fill(folder: Path, **how: Any) -> None:
    """Write the workbook of a tool's open sheet, or take it when it is filled in."""
    from hrkit.commands.fill import fill as made

    say(str(made(folder, **how)))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--take", type=FOLDER, metavar="FILE", help="Tell what a filled-in workbook shows.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for what is written.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def pair(
    folder: Path, take: Path | None, language: str | None, output: Path | None, overwrite: bool
) -> None:
    """Write the sheet of two leaders, or tell them what theirs shows; it is kept nowhere."""
    from hrkit.commands.pair import pair as made

    how: dict[str, Any] = {"language": language or "", "output": output, "overwrite": overwrite}
    for path in made(folder, take=take, **how):
        say(str(path))
