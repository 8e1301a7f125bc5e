"""Commands through which answers are asked for, taken and looked at."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, say
from hrkit.errors import HrkitError
from hrkit.text import in_one_line

__all__ = [
    "check",
    "codes",
    "comments",
    "form",
    "import_",
    "key",
    "serve",
]


def _of_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a file with answers is read and taken."""
    for option in (
        click.option(
            "--doubles",
            type=click.Choice(["same", "other"]),
            help="What rows are that seem to be in the store already, without a code.",
        ),
        click.option(
            "--twice",
            type=click.Choice(["last", "first"]),
            help="Which row counts of who answered twice under one code.",
        ),
        click.option(
            "--replace", is_flag=True, help="Replace earlier answers of the same personal codes."
        ),
        click.option("--sheet", help="Sheet of a workbook to read."),
        click.option("--encoding", help="Read a text file in this encoding, such as cp1252."),
        click.option(
            "--mapping",
            type=FOLDER,
            multiple=True,
            help="Mapping of another program's columns (YAML); of several files one each, or one for all.",
        ),
    ):
        command = option(command)
    return command


@click.command("import")
@click.argument("file", type=FOLDER, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--into", "folder", type=FOLDER, required=True, metavar="DIR", help="The engagement folder."
)
@_of_answers
@click.option("--name", default="", help="What to call the import, to undo it by.")
@answerable
def import_(file: tuple[Path, ...], folder: Path, **how: Any) -> None:
    """Take a file with answers, or several, into an engagement: all of it, or nothing.

    Several files (of a form for each role, say) are taken under one name, and undone by it.

    With a mapping that names an organisation column, DIR holds one engagement folder for each
    organisation, found by its name or its client's.
    """
    from hrkit.commands.import_answers import import_answers

    for line in str(import_answers(file, folder, **_given(how))).splitlines():
        say(line)


def _given(how: dict[str, Any]) -> dict[str, Any]:
    """The options without a mapping where none was named."""
    return {**how, "mapping": how["mapping"] or None}


@click.command()
@click.argument("file", type=FOLDER, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--into", "folder", type=FOLDER, metavar="DIR", help="The engagement that answers belong to."
)
@_of_answers
@answerable
def check(file: tuple[Path, ...], folder: Path | None, **how: Any) -> None:
    """Find every problem in an instrument, an engagement or a file with answers; change nothing."""
    from hrkit.commands.check import check as find

    # "." has no name of its own
    name = " and ".join(one.name or one.resolve().name for one in file)
    found = find(file, folder, **_given(how))
    for note in found.notes:
        say(f"note: {in_one_line(note)}")
    if found.problems:
        raise HrkitError(f"{name} ({found.kind}) cannot be used as it is.", found.problems)
    say(f"{name}: a good {found.kind}.")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; all if not given.")
@click.option("--take", type=FOLDER, metavar="FILE", help="A filled-in sheet to read back.")
@click.option("--language", type=LANGUAGE, help="Of the sheet; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Write the sheet to tick: a file, or a folder.")
@click.option("--overwrite", is_flag=True, help="Replace a sheet that was worked in.")
@answerable
def comments(folder: Path, **given: Any) -> None:
    """List the open answers with their ids, or write them as a sheet to tick, and read it back."""
    from hrkit.commands.comments import comments as passed

    done = passed(folder, **{name: value for name, value in given.items() if value is not None})
    lines = done if isinstance(done, tuple) else (done,)
    for one in lines or ("There are no open answers yet.",):
        say(str(one))
    if isinstance(done, tuple):
        from hrkit.commands.naming import spoken_notes
        from hrkit.model import engagement_file as engagements

        for note in spoken_notes(engagements.load(folder)):
            say(f"note: {note}")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("--unit", help="Id of the unit whose people get codes.")
@click.option("--perspective", help="Perspective of those who get codes.")
@click.option("--count", type=int, help="How many; those invited who have none if not given.")
@click.option("--address", help="What phones open; this machine's own address if not given.")
@click.option("--withdraw", metavar="CODE", help="A lost code with which nobody may begin.")
@click.option("--list", type=FOLDER, metavar="FILE", help="A list of people who get a code each.")
@click.option("--nameless", is_flag=True, help="With --list: keep and print no name.")
@click.option("--again", metavar="CODE", help="A lost code: void from now on, and another drawn.")
@click.option("--erase", is_flag=True, help="With --again: erase what was answered under it.")
@click.option("-o", "--output", type=FOLDER, help="Folder for the slips.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@answerable
def codes(folder: Path, **given: Any) -> None:
    """Draw codes for people to answer with, and print them as slips."""
    from hrkit.commands.codes import codes as draw

    done = draw(folder, **{name: value for name, value in given.items() if value is not None})
    for slip, count in done.counts:
        say(f"  {slip.unit}, {slip.perspective}: {count}")
    if given["withdraw"]:
        say("The code was withdrawn." if done.withdrawn else "Nobody can begin with that code.")
    if given["again"]:
        # The same sentence whether anything was answered or not: that is nobody's business.
        say(
            "The lost code opens nothing any more. Whatever was answered under it is erased."
            if given["erase"]
            else "The lost code opens nothing any more. Whatever was answered under it stays and "
            "counts; whoever begins again with the new code would count twice (--erase erases it)."
        )
    if done.names:
        say(f"{done.names}  (names and codes: keep it away from the answers, and delete it)")
    say(str(done.file) if done.file else "No code was drawn.")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("perspectives", nargs=-1, metavar="[PERSPECTIVE]...")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/forms if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def form(
    folder: Path,
    perspectives: tuple[str, ...],
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write forms for people without a network, a file each; what they save goes into import."""
    from hrkit.commands.form import form as write

    for path in write(folder, perspectives, wave=wave or "", output=output, overwrite=overwrite):
        say(str(path))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one if not given."
)
@answerable
def key(folder: Path, wave: str | None, port: int) -> None:
    """Open the page on which forms from paper are typed in, on this machine, until Ctrl+C."""
    from hrkit.commands.key import key as run

    def ready(link: str) -> None:
        say(f"  {link}")
        say("The link is a key: keep it to yourself. Ctrl+C ends the page; what was saved stays.")
        sys.stdout.flush()

    with contextlib.suppress(KeyboardInterrupt):
        run(folder, wave=wave or "", port=port, ready=ready)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Address of this machine that the phones reach; needs codes on slips.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8700,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option("--wifi", help="Name of the network that the phones join, for the wall.")
@click.option("--password", help="Its password.")
@click.option("--certificate", type=FOLDER, help="Certificate for an encrypted connection.")
@click.option("--key", type=FOLDER, help="The certificate's key.")
@click.option("--demo", is_flag=True, help="Keep answers among a demonstration's made-up ones.")
@click.option("--take-over", is_flag=True, help="Open it though another computer holds the room.")
@answerable
def serve(folder: Path, **given: Any) -> None:
    """Serve the questionnaire to the phones in a room, until Ctrl+C."""
    from hrkit.commands.serve import Links
    from hrkit.commands.serve import serve as run

    def ready(links: Links) -> None:
        say(f"  phones  {links.phones}")
        say(f"  wall    {links.wall}")
        say(f"  host    {links.host}")
        say("The links of wall and host are keys: keep them to yourself. Ctrl+C ends the room.")
        sys.stdout.flush()
        from hrkit.answers.places import synced_note

        if note := synced_note(folder):
            say(f"note: {note}", err=True)

    known = {name: value for name, value in given.items() if value is not None}
    with contextlib.suppress(KeyboardInterrupt):
        run(folder, ready=ready, **known)
