"""What every command shares: its kinds of options, how it speaks, and whose fault a failure is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hrkit.errors import HrkitError
from hrkit.publish.formats import BESIDE
from hrkit.text import visible

__all__ = ["DAY", "FOLDER", "LANGUAGE", "answerable", "complain", "formats", "say"]


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


def say(text: str, *, err: bool = False) -> None:
    """Print, whatever the terminal can write; nothing from outside steers it or stops a command.

    All that the commands print comes through here.
    """
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(visible(text).encode(encoding, "replace").decode(encoding), err=err)


def complain(error: HrkitError) -> None:
    """Print an error, where errors go."""
    say(str(error), err=True)


def answerable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the kit's errors into a list on stderr and exit code 1; remind of answers that are to go, however it ends."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            done = _answered(command, args, kwargs)
        except SystemExit as ended:
            if ended.code in (None, 0, 1):  # not what was told to end
                _remind(kwargs.values())
            raise
        _remind(kwargs.values())
        return done

    return wrapped


def _answered(command: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    from hrkit.ending import tidily
    from hrkit.files import privately

    try:
        with privately(), tidily():
            return command(*args, **kwargs)
    except HrkitError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        raise  # whoever read the output has left: click ends quietly
    except Exception as error:
        from hrkit.files import of_the_system

        if not (said := of_the_system(error)):
            raise
        complain(HrkitError(said))
        sys.exit(1)


def _remind(given: Iterable[Any]) -> None:
    """Say that answers lie longer than was promised, after whatever was done with the folder."""
    places = (path for value in given for path in (value if isinstance(value, tuple) else (value,)))
    told: set[str] = set()
    for one in places:
        if isinstance(one, Path) and _holds_engagements(one):
            from hrkit.commands.duties.reminder import reminders

            for said in reminders(one):
                if said not in told:
                    say(f"note: {said}", err=True)
                told.add(said)


def _holds_engagements(place: Path) -> bool:
    """Whether a path is that of an engagement, or of a folder in which some lie; asked before anything is loaded."""
    name = "engagement.yml"
    try:
        return (
            place.name == name
            or (place / name).is_file()
            or next(place.glob(f"*/{name}"), None) is not None
        )
    except OSError:  # a name that is too long
        return False


def formats(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Formats, given one by one or in a list with commas."""
    one = click.Choice(list(BESIDE))
    words = [word.strip() for text in given for word in text.split(",")]
    return tuple(dict.fromkeys(one.convert(word, option, None) for word in words))
