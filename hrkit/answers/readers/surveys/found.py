"""What is found in a file of any program: who wrote it, where its headings stand, what each column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys import recognised
from hrkit.answers.readers.surveys.columns import Columns, Meant
from hrkit.answers.readers.surveys.tool import Heads, Kind, SurveyTool, first_row, heads_of
from hrkit.model.engagement import Engagement

__all__ = ["Survey", "found_in", "survey_of"]

#: So many columns must be the kit's for a file to be one of its surveys.
_FEWEST = 2


@dataclass(frozen=True)
class Survey:
    """A survey as it was found in a file: who made it, its headings, and what each column is.

    ``tool`` is None where no program was recognised and the kit's codes alone tell.
    """

    tool: SurveyTool | None
    heads: Heads
    named: Mapping[int, Meant]
    own: Mapping[int, Kind]
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def times(self) -> tuple[int, ...]:
        """The columns of the program's own in which times may stand."""
        return tuple(column for column, kind in self.own.items() if kind in ("time", "status"))

    @property
    def asked(self) -> int:
        """How many columns ask something of the kit's."""
        return sum(one.asked is not None for one in self.named.values())


def survey_of(table: CellTable, engagement: Engagement) -> Survey | None:
    """What a file is if it is a survey that the kit has exported; None if it is something else."""
    found = found_in(table, Columns.of(engagement))
    by_code = sum(one.sure == "code" and bool(one.asked) for one in found.named.values())
    enough = found.asked if found.tool else by_code
    return found if enough >= _FEWEST else None


def found_in(table: CellTable, columns: Columns, more: Mapping[str, str] | None = None) -> Survey:
    """What each column of a file is, as far as it can be told.

    Parameters
    ----------
    table
        Any table.
    columns
        Finds what is asked.
    more
        Further names of columns, by what stands above them.
    """
    tool = recognised(table)
    table = tool.as_meant(table) if tool else table
    tries = [tool.read(table)] if tool else [first_row(table), heads_of(table, 2)]
    if more:
        tries = [_also(heads, more) for heads in tries]
    found = [_named(tool, heads, columns, table) for heads in tries]
    # What stands above the headings may be somebody's answers, sorted there with everything else.
    sound = [
        one
        for one in found
        if tool or one.heads.lines == 1 or not _answered_above(table, one, columns)
    ]
    return max(sound, key=lambda one: one.asked)


def _answered_above(table: CellTable, survey: Survey, columns: Columns) -> bool:
    """Whether the first of two rows of headings holds answers to what the second asks."""
    above = [
        columns.answers(one.asked, text)
        for column, one in survey.named.items()
        if one.asked and (text := table.header.cell(column)).strip()
    ]
    told = [one for one in above if one is not None]
    return 2 * sum(told) > len(told)


def _also(heads: Heads, more: Mapping[str, str]) -> Heads:
    names = ((*one, *(more[name] for name in one if name in more)) for one in heads.names)
    return heads._replace(names=tuple(names))


def _named(tool: SurveyTool | None, heads: Heads, columns: Columns, table: CellTable) -> Survey:
    named: dict[int, Meant] = {}
    own: dict[int, Kind] = {}
    for column, names in enumerate(heads.names):
        found = columns.find(names)
        kind = tool.kind(names) if tool else None
        # ``language`` and the like may be the program's word or the kit's question; what a program
        # says about a question (its points, its time) has the question's words behind its own.
        own_word = kind and kind != "language" and (found is None or found.sure != "code")
        if found and not own_word:
            named[column] = found
        elif kind:
            own[column] = kind
    if tool and tool.name == "SurveyXact":
        places = enumerate(heads.names)
        rest = {n[0]: c for c, n in places if n and c not in named and c not in own}
        named |= {rest[one]: Meant(asked=asked) for one, asked in columns.short(rest).items()}
    return Survey(tool, heads, named, own, table.labels)
