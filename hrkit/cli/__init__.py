"""The command line: thin, quick to start, and clear about whose fault a failure is.

Exit codes: 0 done, 1 the user's input is at fault (one clear list, no traceback), 2 wrong usage.
Every import that costs time stands inside the command that needs it. A module holds a group of commands;
which there are is found in its ``__all__``.
"""

from __future__ import annotations

import click

from hrkit.cli import agreed, answers, duties, engagements, fielding, many, mapping, pages

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hrkit")
def main() -> None:
    """Assess the partnership between leaders and HR, and print a report to be proud of."""


for _group in (engagements, answers, mapping, fielding, pages, agreed, many, duties):
    for _name in _group.__all__:
        main.add_command(getattr(_group, _name))
