"""The command line: thin, quick to start, and clear about whose fault a failure is.

Exit codes: 0 done, 1 the user's input is at fault (one clear list, no traceback), 2 wrong usage.
Every import that costs time stands inside the command that needs it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hrkit.errors import HrkitError
from hrkit.publish.formats import BESIDE
from hrkit.text import visible

__all__ = ["main"]


class _Language(click.ParamType):
    """The code of a language of the kit; which there are is read only when one is named."""

    name = "language"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The code, or the codes there are."""
        from hrkit.model.languages import codes

        if value not in codes():
            self.fail(f"{value!r} is not one of {', '.join(codes())}.", param, ctx)
        return str(value)


LANGUAGE = _Language()
FOLDER = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def _say(text: str, *, err: bool = False) -> None:
    """Print, whatever the terminal can write; nothing from outside steers it or stops a command.

    All that the commands print comes through here.
    """
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(visible(text).encode(encoding, "replace").decode(encoding), err=err)


def _complain(error: HrkitError) -> None:
    _say(str(error), err=True)


def _answerable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the kit's errors into a list on stderr and exit code 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except HrkitError as error:
            _complain(error)
            sys.exit(1)
        except BrokenPipeError:
            raise  # whoever read the output has left: click ends quietly
        except Exception as error:
            from hrkit.files import of_the_system

            if not (said := of_the_system(error)):
                raise
            _complain(HrkitError(said))
            sys.exit(1)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hrkit")
def main() -> None:
    """Assess the partnership between leaders and HR, and print a report to be proud of."""


@main.command()
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
@_answerable
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
            _say(f"  {path}")
        for note in notes:
            _say(f"note: {note}", err=True)
        shared = folder / "portfolio.yml"
        _say(f"{len(made)} made. Next: fill in {shared}, then: hrkit check {folder}")
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
        _say(f"  {path}")
    if left:
        _say(f"Not taken from {other}: {', '.join(left)}.")
    _say(f"Next: fill in {folder / 'engagement.yml'}, then: hrkit check {folder}")


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="One file instead, .xlsx or .csv; or a folder.")
@click.option("--form", is_flag=True, help="With -o: the form for one person.")
@_answerable
def template(folder: Path, language: str | None, output: Path | None, form: bool) -> None:
    """Write the answer templates anew, with the units, waves and questions as they are now."""
    from hrkit.commands.template import template as write

    for path in write(folder, language=language or "", output=output, form=form):
        _say(f"  {path}")


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@_answerable
def plan(folder: Path, language: str | None, wave: str | None) -> None:
    """Say what can be seen with the people who are invited, before anybody answers."""
    from hrkit.commands.plan import plan as make

    _say(str(make(folder, wave=wave or "", language=language or "")))


@main.command("plan-process")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--workshop", type=DAY, help="The workshop's day; letters.meeting if not given.")
@click.option("--start", type=DAY, help="The first step's day, instead of the workshop's.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for the files; DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@_answerable
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
        _say(str(path))


def _formats(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Formats, given one by one or in a list with commas."""
    one = click.Choice(list(BESIDE))
    words = [word.strip() for text in given for word in text.split(",")]
    return tuple(dict.fromkeys(one.convert(word, option, None) for word in words))


def _of_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a file with answers is read and taken."""
    for option in (
        click.option(
            "--doubles",
            type=click.Choice(["same", "other"]),
            help="What rows are that seem to be in the store already, without a code.",
        ),
        click.option(
            "--replace", is_flag=True, help="Replace earlier answers of the same personal codes."
        ),
        click.option("--sheet", help="Sheet of a workbook to read."),
        click.option("--encoding", help="Read a text file in this encoding, such as cp1252."),
        click.option("--mapping", type=FOLDER, help="Mapping of another program's columns (YAML)."),
    ):
        command = option(command)
    return command


@main.command("import")
@click.argument("file", type=FOLDER)
@click.option(
    "--into", "folder", type=FOLDER, required=True, metavar="DIR", help="The engagement folder."
)
@_of_answers
@_answerable
def import_(file: Path, folder: Path, **how: Any) -> None:
    """Take a file with answers into an engagement: all of it, or nothing.

    With a mapping that names an organisation column, DIR holds one engagement folder for each
    organisation, found by its name or its client's.
    """
    from hrkit.commands.import_answers import import_answers

    for line in str(import_answers(file, folder, **how)).splitlines():
        _say(line)


@main.command()
@click.argument("file", type=FOLDER)
@click.option(
    "--into", "folder", type=FOLDER, metavar="DIR", help="The engagement that answers belong to."
)
@_of_answers
@_answerable
def check(file: Path, folder: Path | None, **how: Any) -> None:
    """Find every problem in an instrument, an engagement or a file with answers; change nothing."""
    from hrkit.commands.check import check as find

    name = file.name or file.resolve().name  # "." has no name of its own
    found = find(file, folder, **how)
    for note in found.notes:
        _say(f"note: {note}")
    if found.problems:
        raise HrkitError(f"{name} ({found.kind}) cannot be used as it is.", found.problems)
    _say(f"{name}: a good {found.kind}.")


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--profile", help="Report profile: full, summary, workshop.")
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
    callback=_formats,
    metavar="|".join(BESIDE),
    help="Another format beside the PDF, of the same run; several with commas or one by one.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@click.option("--trust", is_flag=True, help="Run the code of a notebook that came from elsewhere.")
@_answerable
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
        _say(f"note: {message}", err=True)
    for path in (made.pdf, *made.also):
        _say(str(path))


@main.command()
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
@_answerable
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

    _say(
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


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--take", type=FOLDER, metavar="FILE", help="Take a workbook that was filled in.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Where it goes, .xlsx; into DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace a workbook somebody has worked in.")
@_answerable
def actions(
    folder: Path,
    take: Path | None,
    language: str | None,
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write the workbook in which actions are followed, or take it when it is filled in."""
    from hrkit.commands.actions import actions as made

    how: dict[str, Any] = {"language": language or "", "wave": wave or ""}
    _say(str(made(folder, take=take, output=output, overwrite=overwrite, **how)))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--take", type=FOLDER, metavar="FILE", help="Take a workbook that was filled in.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Where it goes, .xlsx; into DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace a workbook somebody has worked in.")
@_answerable
def agreements(
    folder: Path,
    take: Path | None,
    language: str | None,
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write the workbook in which agreed levels are typed, or take it when it is filled in."""
    from hrkit.commands.agreements import agreements as made

    how: dict[str, Any] = {"language": language or "", "wave": wave or ""}
    _say(str(made(folder, take=take, output=output, overwrite=overwrite, **how)))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--name", default="", help="Which open sheet: card, say; the first if not given.")
@click.option("--side", default="", help="Only the lines of one perspective: hr, say.")
@click.option("--take", type=FOLDER, metavar="FILE", help="Take a workbook that was filled in.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Where it goes, .xlsx; into DIR if not given.")
@click.option("--overwrite", is_flag=True, help="Replace a workbook somebody has worked in.")
@_answerable
def fill(
    folder: Path,
    name: str,
    side: str,
    take: Path | None,
    language: str | None,
    wave: str | None,
    output: Path | None,
    overwrite: bool,
) -> None:
    """Write the workbook of a tool's open sheet, or take it when it is filled in."""
    from hrkit.commands.fill import fill as made

    how: dict[str, Any] = {
        "name": name,
        "side": side,
        "language": language or "",
        "wave": wave or "",
    }
    _say(str(made(folder, take=take, output=output, overwrite=overwrite, **how)))


@main.command("print")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/papers if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@_answerable
def print_(
    folder: Path, names: tuple[str, ...], language: str | None, output: Path | None, overwrite: bool
) -> None:
    """Print papers to write on: grid, pulse, and the forms that actions name; all if none is named."""
    from hrkit.commands.print_papers import print_papers

    how: dict[str, Any] = {"language": language or "", "output": output, "overwrite": overwrite}
    for path in print_papers(folder, names, **how):
        _say(str(path))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--take", type=FOLDER, metavar="FILE", help="Tell what a filled-in workbook shows.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for what is written.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@_answerable
def pair(
    folder: Path, take: Path | None, language: str | None, output: Path | None, overwrite: bool
) -> None:
    """Write the sheet of two leaders, or tell them what theirs shows; it is kept nowhere."""
    from hrkit.commands.pair import pair as made

    how: dict[str, Any] = {"language": language or "", "output": output, "overwrite": overwrite}
    for path in made(folder, take=take, **how):
        _say(str(path))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/mail if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@_answerable
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
        _say(f"note: {message}", err=True)
    for path in made.paths:
        _say(str(path))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", required=True, help="Id of the wave to freeze.")
@_answerable
def release(folder: Path, wave: str) -> None:
    """Freeze a wave: its report is no longer a draft, and it takes no more answers.

    Where DIR holds several engagements, the wave of each of them; exit code 3: some could not be.
    """
    from hrkit.commands.release import release as freeze
    from hrkit.commands.release import release_all
    from hrkit.model.engagement import FILE

    if (folder / FILE).is_file() or not any(folder.glob(f"*/{FILE}")):
        _say(str(freeze(folder, wave)))
        return
    done, failed = release_all(folder, wave)
    for one in done:
        _say(str(one))
    for name, error in failed:
        _complain(HrkitError(f"{name}: {error}"))
    if failed:
        sys.exit(3)


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("measure")
@click.argument("perspective", default="all")
@click.option("--unit", help="Id of a unit; the whole organisation if not given.")
@click.option("--language", type=LANGUAGE, help="Language; the engagement's own if not given.")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@_answerable
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
    _say(tell(folder, measure, perspective, **how))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; all if not given.")
@_answerable
def comments(folder: Path, wave: str | None) -> None:
    """List the open answers with their ids, for a person to pass for print in engagement.yml."""
    from hrkit.commands.comments import comments as listed

    for one in listed(folder, wave=wave or "") or ("There are no open answers yet.",):
        _say(str(one))


@main.command()
@_answerable
def instruments() -> None:
    """List the instruments that come with the kit."""
    from hrkit.commands.instruments import instruments as listed

    for one in listed():
        title = one.title.get("en") or next(iter(one.title.values()))
        count = len(one.keys)
        _say(
            f"{one.id:<18} {one.version:<8} {', '.join(one.languages):<12} {count:>4} questions  {title}"
        )


@main.command()
@click.argument("folder", type=FOLDER, metavar="[DIR]", required=False)
@click.argument("ids", nargs=-1, metavar="[TOOL]...")
@_answerable
def tools(folder: Path | None, ids: tuple[str, ...]) -> None:
    """List the tools there are, or take some up in an engagement: each gets a folder in DIR."""
    from hrkit.commands.tools import tools as take

    done = take(folder, ids)
    if folder is None:
        for one in done.known:
            time = f"{one.meeting} min" if one.meeting else ""
            _say(f"{one.id:<14} {', '.join(one.modes):<28} {time:>7}  {one.title['en']}")
    for path in done.written:
        _say(f"  {path}")


@main.command()
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    default=Path("hrkit-demo"),
    show_default=True,
    help="Folder for the demo.",
)
@_answerable
def demo(output: Path) -> None:
    """Build a SYNTHETIC municipality and print its report in each of its languages."""
    from hrkit.commands.demo import demo as build

    for path in build(output):
        _say(str(path))


@main.command()
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
@_answerable
def codes(folder: Path, **given: Any) -> None:
    """Draw codes for people to answer with, and print them as slips."""
    from hrkit.commands.codes import codes as draw

    done = draw(folder, **{name: value for name, value in given.items() if value is not None})
    for slip, count in done.counts:
        _say(f"  {slip.unit}, {slip.perspective}: {count}")
    if given["withdraw"]:
        _say("The code was withdrawn." if done.withdrawn else "Nobody can begin with that code.")
    if given["again"]:
        # The same sentence whether anything was answered or not: that is nobody's business.
        _say(
            "The lost code opens nothing any more. Whatever was answered under it is erased."
            if given["erase"]
            else "The lost code opens nothing any more. Whatever was answered under it stays and "
            "counts; whoever begins again with the new code would count twice (--erase erases it)."
        )
    if done.names:
        _say(f"{done.names}  (names and codes: keep it away from the answers, and delete it)")
    _say(str(done.file) if done.file else "No code was drawn.")


@main.command()
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
@_answerable
def serve(folder: Path, **given: Any) -> None:
    """Serve the questionnaire to the phones in a room, until Ctrl+C."""
    from hrkit.commands.serve import Links
    from hrkit.commands.serve import serve as run

    def ready(links: Links) -> None:
        _say(f"  phones  {links.phones}")
        _say(f"  wall    {links.wall}")
        _say(f"  host    {links.host}")
        _say("The links of wall and host are keys: keep them to yourself. Ctrl+C ends the room.")
        sys.stdout.flush()

    known = {name: value for name, value in given.items() if value is not None}
    with contextlib.suppress(KeyboardInterrupt):
        run(folder, ready=ready, **known)


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one if not given."
)
@_answerable
def key(folder: Path, wave: str | None, port: int) -> None:
    """Open the page on which forms from paper are typed in, on this machine, until Ctrl+C."""
    from hrkit.commands.key import key as run

    def ready(link: str) -> None:
        _say(f"  {link}")
        _say("The link is a key: keep it to yourself. Ctrl+C ends the page; what was saved stays.")
        sys.stdout.flush()

    with contextlib.suppress(KeyboardInterrupt):
        run(folder, wave=wave or "", port=port, ready=ready)


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("perspectives", nargs=-1, metavar="[PERSPECTIVE]...")
@click.option("--wave", help="Id of the wave; the latest if not given.")
@click.option("-o", "--output", type=FOLDER, help="Folder for them; DIR/forms if not given.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed.")
@_answerable
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
        _say(str(path))


def _languages(
    _: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Languages, given one by one or in a list with commas."""
    words = [word.strip() for text in given for word in text.split(",")]
    return tuple(dict.fromkeys(LANGUAGE.convert(word, option, None) for word in words))


@main.command()
@click.argument("source", type=FOLDER, metavar="SRC")
@click.option(
    "-o", "--output", type=FOLDER, required=True, metavar="OUT", help="Folder for the files."
)
@click.option("--wave", default="", help="Id of the wave; each engagement's latest if not given.")
@click.option(
    "--language",
    multiple=True,
    callback=_languages,
    metavar="CODE",
    help="Language, or several; each engagement's own if not given.",
)
@click.option(
    "--profile", multiple=True, help="Report profile, or several: full, summary, workshop."
)
@click.option(
    "--also",
    multiple=True,
    callback=_formats,
    metavar="|".join(BESIDE),
    help="Another format beside the PDF; several with commas or one by one.",
)
@click.option("--sheets", is_flag=True, help="A sheet for every unit that has figures, too.")
@click.option("--only", multiple=True, metavar="NAME", help="This organisation; may be repeated.")
@click.option("--failed", is_flag=True, help="Only what failed, or was not reached, before.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at once.")
@click.option("--timeout", type=click.FloatRange(1), default=600, help="Seconds for a document.")
@click.option("--dry-run", is_flag=True, help="Say what would be made; write nothing.")
@click.option("--zip", is_flag=True, help="One zip a client, too.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@click.option("--trust", is_flag=True, help="Run the code of notebooks that came from elsewhere.")
@_answerable
def batch(source: Path, output: Path, workers: int | None, **how: Any) -> None:
    """Make the reports of every engagement folder in SRC, each on its own; go on where it stopped.

    Exit code 3: some could not be made; the others were.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]

    from hrkit.commands.batch import batch as make
    from hrkit.commands.outcomes import Outcome

    how["profile"] = [word for text in how["profile"] for word in text.split(",")]
    with tqdm(disable=None, unit=" organisations", leave=False, file=sys.stderr) as bar:

        def told(one: Outcome, ended: int, of: int) -> None:
            bar.total = of
            with bar.external_write_mode(file=sys.stderr):
                _say_outcome(one)
            bar.update(ended - bar.n)

        result = make(source, output, workers=workers or 0, told=told, **how)
    for one in result.of("foreseen"):
        _say(f"would make  {one.organisation}  {' '.join(one.files)}")
    if how["dry_run"]:
        for one in result.failed:
            _say_outcome(one)
    for name in result.strangers:
        _say(f"note: {name} is not in {source} any more; its files are still in {output}", err=True)
    counts = [f"{len(result.of(state))} {state}" for state in ("done", "skipped", "failed")]
    if not how["dry_run"]:
        _say(f"{', '.join(counts)}; see {output / 'outcomes.csv'}")
    if result.failed:
        sys.exit(3)


def _say_outcome(one: Any) -> None:
    """One line for an organisation, and what is to be said of it."""
    if one.state == "failed":
        _say(f"failed   {one.organisation}", err=True)
        for line in one.error.splitlines():
            _say(f"  {line}", err=True)
        return
    _say(f"{one.state:8} {one.organisation}  {' '.join(one.files)}")
    for message in one.messages:
        _say(f"  note: {message}", err=True)
