"""The command by which a mapping of another program's columns is drafted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, answerable, say

__all__ = ["map_"]


@click.command("map")
@click.argument("file", type=FOLDER, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--into", "folder", type=FOLDER, required=True, metavar="DIR", help="The engagement folder."
)
@click.option("--perspective", help="Who answered, where no column says so.")
@click.option("--dictionary", type=FOLDER, help="Data dictionary of REDCap (CSV).")
@click.option("--encoding", help="Read a text file in this encoding, such as cp1252.")
@click.option("--sheet", help="Sheet of a workbook to read.")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    help="The mapping; DIR/FILE-mapping.yml if not given, of several DIR/mapping.yml.",
)
@click.option("--overwrite", is_flag=True, help="Replace a mapping that is there.")
@answerable
def map_(file: tuple[Path, ...], folder: Path, **given: Any) -> None:
    """Draft a mapping of another program's columns, and say what is sure of it and what is not."""
    from hrkit.commands.map_columns import map_columns
    from hrkit.text import shown

    def ask(name: str, ids: tuple[str, ...]) -> str:
        what = f"Who answered {shown(name)}" if len(file) > 1 else "Who answered"
        return str(click.prompt(what, type=click.Choice(ids)))

    known = {name: value for name, value in given.items() if value is not None}
    made = map_columns(file, folder, **known, ask=ask if sys.stdin.isatty() else None)
    for line in made.sure:
        say(f"sure: {line}")
    for line in made.unsure:
        say(f"look at: {line}")
    say(str(made.file))
    for problem in made.problems[:10]:
        say(f"  - {problem}")
    if made.problems:
        more = f" (the first 10 of {len(made.problems)})" if len(made.problems) > 10 else ""
        say(f"The mapping is a draft: this is to mend in it, or in the file{more}.")
    else:
        say(
            "With it the files can be imported as they are, in one go."
            if len(file) > 1
            else "With it the file can be imported as it is."
        )
