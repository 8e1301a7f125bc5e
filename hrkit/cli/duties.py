"""Commands for the duties that come with answers, and for handing files on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, say

if TYPE_CHECKING:
    from hrkit.commands.duties.residue import Residue

__all__ = ["deliver", "duties"]


@click.group()
def duties() -> None:
    """Answer for the data: show, erase and purge answers, say what was done, write the papers."""


@duties.command("export-subject")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("code")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for the files; DIR/duties if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def export_subject(
    folder: Path, code: str, language: str | None, output: Path | None, overwrite: bool
) -> None:
    """Write what is kept under a personal code: to be read, and to be taken along."""
    from hrkit.commands.duties import export_subject as write

    done = write(folder, code, language=language or "", output=output, overwrite=overwrite)
    for path in done.paths:
        say(f"  {path}")
    say("They hold one person's answers: hand them over, and delete them.")


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("code")
@click.option("--files", is_flag=True, help="Delete other files that still hold something, too.")
@click.option("--rehearse", is_flag=True, help="Say what would go; change nothing.")
@answerable
def erase(folder: Path, code: str, files: bool, rehearse: bool) -> None:
    """Erase everything that is kept under a personal code, and whatever shows it."""
    from hrkit.commands.duties import erase as run

    done = run(folder, code, files=files, rehearse=rehearse)
    where = ", ".join(done.waves) or "no wave: the code was handed out and not used"
    say(f"{'Would be erased' if rehearse else 'Erased'}: {where}.")
    _say_left(done.left, rehearse)
    for sentence in done.remains:
        say(sentence)


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--older-than", default="", metavar="AGE", help="A day, or an age such as 24 months.")
@click.option("--wave", default="", help="Only this wave, however old.")
@click.option("--files", is_flag=True, help="Delete other files that still hold something, too.")
@click.option("--rehearse", is_flag=True, help="Say what would go; change nothing.")
@answerable
def purge(folder: Path, **how: Any) -> None:
    """Erase all answers of waves that ended before a day; released figures stay."""
    from hrkit.commands.duties import purge as run

    done = run(folder, **how)
    waves = ", ".join(done.waves) or "nothing"
    say(f"{'Would be erased' if done.rehearsed else 'Erased'}: {waves}.")
    _say_left(done.left, done.rehearsed)
    for sentence in done.kept:
        say(f"Stays: {sentence}.")


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@answerable
def audit(folder: Path) -> None:
    """Say who did what when, without any answer."""
    from hrkit.commands.duties import audit as told

    for act in told(folder):
        say(f"{act.day.isoformat()}  {act.who or '-':<16}  {act.what:<9}  {act.about}".rstrip())


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("names", nargs=-1, metavar="[PAPER]...")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", default="", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/duties if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def papers(
    folder: Path,
    names: tuple[str, ...],
    language: str | None,
    wave: str,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write impact assessment, record, notice, retention plan and the letter to representatives."""
    from hrkit.commands.duties import papers as write

    done = write(
        folder, names, language=language or "", wave=wave, output=output, overwrite=overwrite
    )
    for path in done.paths:
        say(f"  {path}")
    for message in done.messages:
        say(f"note: {message}")


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--remember", is_flag=True, help="Keep the key in this machine's keyring.")
@answerable
def encrypt(folder: Path, remember: bool) -> None:
    """Encrypt the store and the records; the key is asked for."""
    from hrkit.commands.duties import encrypt as run

    for path in run(folder, remember=remember) or ("They are encrypted already.",):
        say(f"  {path}")
    say("Whoever loses the key loses the answers: keep it apart from this machine, too.")


@duties.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@answerable
def decrypt(folder: Path) -> None:
    """Make an encrypted store and records plain files again."""
    from hrkit.commands.duties import decrypt as run

    for path in run(folder) or ("They are plain already.",):
        say(f"  {path}")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("files", nargs=-1, type=FOLDER, metavar="[FILE]...")
@click.option("--wave", default="", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="The zip; beside the reports if not given.")
@click.option("--overwrite", is_flag=True, help="Replace a zip that is there.")
@answerable
def deliver(
    folder: Path, files: tuple[Path, ...], wave: str, output: Path | None, overwrite: bool
) -> None:
    """Pack printed files into a zip under a password, with a list of what is in it."""
    from hrkit.commands.deliver import deliver as run

    done = run(folder, files, wave=wave, output=output, overwrite=overwrite)
    for name, size, digest in done.contents:
        say(f"  {digest[:16]}  {size:>10}  {name}")
    say(f"{done.path}  (give the password by another way than the file)")


def _say_left(left: tuple[Residue, ...], rehearse: bool) -> None:
    for one in left:
        say(f"  {one.path}: {one.why}{' (deleted)' if one.gone else ''}")
    if any(not one.gone and not one.emptied for one in left) and not rehearse:
        say("Look into these files; --files deletes them.")
