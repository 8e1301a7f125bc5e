"""Commands that make and look at engagements."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hrkit.cli.base import DAY, FOLDER, LANGUAGE, answerable, say

__all__ = ["demo", "instruments", "lab", "new", "plan", "plan_process", "template", "tools"]


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--name", help="The client's name, as it is printed.")
@click.option("--language", type=LANGUAGE, help="Language of form and report.")
@click.option("--instrument", help="What is asked.  [default: partnership]")
@click.option(
    "--like",
    "other",
    type=FOLDER,
    metavar="OTHER",
    help="Take the settings of another engagement, without its answers.",
)
@click.option(
    "--portfolio",
    "source",
    type=FOLDER,
    metavar="LIST",
    help="Make a folder for each organisation of a list, or of a file with answers.",
)
@click.option("--organisation", default="", help="With --portfolio: heading of its column.")
@click.option("--unit", default="", help="With --portfolio: heading of the column of units.")
@answerable
def new(
    folder: Path,
    name: str | None,
    language: str | None,
    instrument: str | None,
    other: Path | None,
    source: Path | None,
    organisation: str,
    unit: str,
) -> None:
    """Make an engagement folder: engagement.yml, answer templates and notebooks.

    With --portfolio, DIR holds such a folder for each organisation of a list, and portfolio.yml with
    what they share.
    """
    from hrkit.commands.new import new as make

    if source is None and (organisation or unit):
        raise click.UsageError("--organisation and --unit say what a list holds: --portfolio LIST.")
    if source is not None:
        if name or other or not language:
            raise click.UsageError("--portfolio takes --language, and neither --name nor --like.")
        made, notes = make(
            folder,
            language=language,
            instrument=instrument or "",
            portfolio=source,
            organisation=organisation,
            unit=unit,
        )
        for path in made:
            say(f"  {path}")
        for note in notes:
            say(f"note: {note}", err=True)
        shared = folder / "portfolio.yml"
        say(f"{len(made)} made. Next: fill in {shared}, then: hrkit check {folder}")
        return
    if name is None:
        raise click.UsageError("Missing option '--name'.")
    if other and (language or instrument):
        raise click.UsageError("--like takes language and instrument from the other engagement.")
    if not other and not language:
        from hrkit.model.languages import codes

        raise click.UsageError(f"Missing option '--language'. Choose from: {', '.join(codes())}")
    written, left = make(folder, name, language or "", instrument or "", like=other)
    for path in written:
        say(f"  {path}")
    if left:
        say(f"Not taken from {other}: {', '.join(left)}.")
    from hrkit.answers.places import synced_note

    if note := synced_note(folder):
        say(f"note: {note}", err=True)
    say(f"Next: fill in {folder / 'engagement.yml'}, then: hrkit check {folder}")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="One file instead, .xlsx or .csv; or a folder.")
@click.option("--form", is_flag=True, help="With -o: the form for one person.")
@answerable
def template(folder: Path, language: str | None, output: Path | None, form: bool) -> None:
    """Write the answer templates anew, with the units, waves and questions as they are now."""
    from hrkit.commands.template import template as write

    for path in write(folder, language=language or "", output=output, form=form):
        say(f"  {path}")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@answerable
def plan(folder: Path, language: str | None, wave: str | None) -> None:
    """Say what can be seen with the people who are invited, before anybody answers."""
    from hrkit.commands.plan import plan as make

    say(str(make(folder, wave=wave or "", language=language or "")))


@click.command("plan-process")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--workshop", type=DAY, help="The workshop's day; letters.meeting if not given.")
@click.option("--start", type=DAY, help="The first step's day, instead of the workshop's.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for the files; DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@answerable
def plan_process(
    folder: Path,
    workshop: dt.datetime | None,
    start: dt.datetime | None,
    language: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write the calendar of the whole engagement: who does what when, how long, with which sheet."""
    from hrkit.commands.plan_process import plan_process as make

    if workshop and start:
        raise click.UsageError("--workshop and --start: count from one of them.")
    days = {"workshop": workshop and workshop.date(), "start": start and start.date()}
    for path in make(folder, **days, language=language or "", output=output, overwrite=overwrite):
        say(str(path))


@click.command()
@answerable
def instruments() -> None:
    """List the instruments that come with the kit."""
    from hrkit.commands.instruments import instruments as listed

    for one in listed():
        title = one.title.get("en") or next(iter(one.title.values()))
        count = len(one.keys)
        say(
            f"{one.id:<18} {one.version:<8} {', '.join(one.languages):<12} {count:>4} questions  {title}"
        )


@click.command()
@click.argument("folder", type=FOLDER, metavar="[DIR]", required=False)
@click.argument("ids", nargs=-1, metavar="[TOOL]...")
@answerable
def tools(folder: Path | None, ids: tuple[str, ...]) -> None:
    """List the tools there are, or take some up in an engagement: each gets a folder in DIR."""
    from hrkit.commands.tools import tools as take

    done = take(folder, ids)
    if folder is None:
        for one in done.known:
            time = f"{one.meeting} min" if one.meeting else ""
            say(f"{one.id:<14} {', '.join(one.modes):<28} {time:>7}  {one.title['en']}")
    for path in done.written:
        say(f"  {path}")


@click.command()
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default=Path("hrkit-demo"),
    show_default=True,
    help="Folder for the demo.",
)
@answerable
def demo(output: Path) -> None:
    """Build a SYNTHETIC municipality and print its report in each of its languages."""
    from hrkit.commands.demo import demo as build

    for path in build(output):
        say(str(path))


@click.command()
@click.argument("folder", type=FOLDER, metavar="[DIR]", default=Path())
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port; the next that is free if not given."
)
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is said.")
@click.option(
    "--starter", is_flag=True, help="Only write a file into DIR that does this on a double click."
)
@answerable
def lab(folder: Path, port: int | None, no_browser: bool, starter: bool) -> None:
    """Open the front page (0_start.ipynb) in JupyterLab, rooted at DIR: all else follows from there."""
    from hrkit.commands.lab import lab as open_

    for path in open_(folder, port=port or 0, no_browser=no_browser, starter=starter).written:
        say(f"  {path}")
