"""A mapping drafted from a file: what is sure stands in it, what is not is said and left to a person.

Columns are known by the kit's codes or by a question's words, as any role reads them in any language.
Columns that hold nothing but names of roles, units or languages are these.  Nothing is guessed beyond
that: words that are nearly a question's, and answers that no scale has, are put down as remarks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hrkit.answers.files.table import CellTable, letter
from hrkit.answers.readers.choices import Choices, people
from hrkit.answers.readers.dictionary import Field
from hrkit.answers.readers.nothing import may_be_nothing
from hrkit.answers.readers.several import coded
from hrkit.answers.readers.surveys.columns import Columns, Meant
from hrkit.answers.readers.surveys.found import found_in
from hrkit.answers.readers.targets import askable
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.answers.tool_codes import answer_codes, answer_numbers, id_codes, id_numbers
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Question
from hrkit.text import normal, shown

__all__ = ["DraftedMapping", "draft"]

_MOST = 12


@dataclass
class DraftedMapping:
    """A drafted mapping.

    Attributes
    ----------
    text
        The YAML.
    sure, unsure
        What was found, and what a person must look at, in sentences.
    open
        Perspectives among which nobody but a person can tell; empty where the file says it.
    """

    text: str = ""
    sure: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    open: tuple[str, ...] = ()


def draft(
    table: CellTable,
    engagement: Engagement,
    perspective: str = "",
    fields: Mapping[str, Field] | None = None,
) -> DraftedMapping:
    """The mapping of a file, as far as it can be told.

    Parameters
    ----------
    table
        The file.
    engagement
        Whose it is to be.
    perspective
        Who answered it, where no column says so.
    fields
        What a data dictionary says of columns, by their names.
    """
    return _Drafting(table, engagement, perspective, fields or {}).made


class _Drafting:
    def __init__(
        self,
        table: CellTable,
        engagement: Engagement,
        perspective: str,
        fields: Mapping[str, Field],
    ) -> None:
        self.engagement, self.fields = engagement, fields
        self.columns, self.known = Columns.of(engagement), people(engagement)
        self.asked = askable(engagement.instrument)
        more = {name: one.label for name, one in fields.items()}
        self.survey = found_in(table, self.columns, more)
        self.made = DraftedMapping()
        self.refs = self._references()
        self.facts: dict[str, int] = {}
        self.questions: dict[int, str] = {}
        self.near: dict[int, str] = {}
        self._sort()
        self._write(perspective)

    # ---------------------------------------------------------------------------- finding

    def _references(self) -> dict[int, str]:
        """How a mapping names each column."""
        names = {c: n[0].strip() if n else "" for c, n in enumerate(self.survey.heads.names)}
        often = Counter(map(normal, names.values()))
        seen: Counter[str] = Counter()
        found = {}
        for column, name in names.items():
            seen[normal(name)] += 1
            if not name:
                found[column] = f"column {letter(column)}"
            elif often[normal(name)] > 1:
                found[column] = f"{name} #{seen[normal(name)]}"
            else:
                found[column] = name
        return found

    def _sort(self) -> None:
        for column, named in self.survey.named.items():
            if named.person:
                self.facts.setdefault(named.person, column)
            elif named.asked:
                self.questions[column] = named.asked.key
        for column in self._rest():
            if (told := self._by_content(column)) is not None:
                self.facts.setdefault(told.person, column)
        taken = set(self.questions.values())
        for column in self._rest():
            found = self.columns.near(self.survey.heads.names[column])
            if found and found.asked and found.asked.key not in taken:
                self.near[column] = found.asked.key

    def _rest(self) -> Iterator[int]:
        used = {*self.survey.own, *self.questions, *self.facts.values(), *self.near}
        used |= {column for column, one in self.survey.named.items() if one.mark}
        yield from (c for c in range(len(self.survey.heads.names)) if c not in used)

    def _texts(self, column: int) -> Counter[str]:
        cells = (row.cell(column).strip() for row in self.survey.heads.rows)
        return Counter(cell for cell in cells if cell)

    def _by_content(self, column: int) -> Meant | None:
        """What a column is whose every cell is the name of a role, a unit or a language."""
        texts = self._texts(column)
        if not 0 < len(texts) <= 200 or all(text.isdecimal() for text in texts):
            return None
        for name in ("perspective", "unit", "language", "wave"):
            choices = self.known[name]
            if name not in self.facts and all(self._id(name, text, choices) for text in texts):
                return Meant(person=name, sure="content")
        return None

    def _id(self, name: str, text: str, choices: Choices) -> str:
        found = choices.find(text)
        if isinstance(found, str):
            return found
        codes = {code: id for id, code in id_codes(choices.ids).items()}
        codes |= {str(number): id for id, number in id_numbers(choices.ids).items()}
        return codes.get(normal(text), "")

    # ---------------------------------------------------------------------------- writing

    def _write(self, perspective: str) -> None:
        made, survey = self.made, self.survey
        name = survey.tool.name if survey.tool else "no program that is known"
        made.sure.append(
            f"made by {name}; {len(survey.heads.rows)} rows below {survey.heads.lines} of headings"
        )
        lines = [f"instrument: {_said(self.engagement.instrument.id)}"]
        if survey.heads.lines > 1:
            lines.append(f"header_rows: {survey.heads.lines}")
        if "code" in self.facts:
            lines.append(f"respondent: {_said(self.refs[self.facts['code']])}")
        lines += self._person(perspective)
        lines += self._answers()
        lines += self._values()
        rest = sorted({*survey.own, *self._rest()} - set(self.near) - set(self.facts.values()))
        rest += [column for column, one in survey.named.items() if one.mark]
        if rest:
            lines.append("ignore:")
            lines += [f"  - {_said(self.refs[column])}" for column in rest]
            names = ", ".join(shown(self.refs[column]) for column in rest[:_MOST])
            more = f" and {len(rest) - _MOST} more" if len(rest) > _MOST else ""
            made.sure.append(f"left out, and never stored: {names}{more}")
        lines.append('unanswered: "skip"')
        told = {key.rpartition(":")[0] or key for key in self.questions.values()}
        told |= set(self.questions.values())
        absent = [key for key in self.engagement.instrument.keys if key not in told]
        if absent:
            made.unsure.append(f"no column for {', '.join(absent)}")
        made.text = "\n".join(lines) + "\n"

    def _person(self, perspective: str) -> Iterator[str]:
        made = self.made
        for name in ("wave", "unit", "perspective", "level", "pair", "language"):
            column = self.facts.get(name)
            if column is not None:
                yield from self._fact(name, column)
            elif name == "wave":
                latest = self.engagement.wave().id
                yield f"wave: {{value: {_said(latest)}}}"
                if len(self.engagement.waves) > 1:
                    made.unsure.append(
                        f"no column says the wave; {latest}, the latest, was put down"
                    )
            elif name == "unit" and len(self.known["unit"].ids) > 1:
                root = self.engagement.root.id
                yield f"unit: {{value: {_said(root)}}}"
                made.unsure.append(f"no column says the unit; {root}, the whole, was put down")
            elif name == "perspective":
                yield from self._role(perspective)

    def _role(self, perspective: str) -> Iterator[str]:
        sets = [self.columns.readers(one.asked) for one in self.survey.named.values() if one.asked]
        alone = frozenset.intersection(*sets) if sets and all(sets) else frozenset()
        known = self.known["perspective"]
        if not perspective and len(known.ids) == 1:
            perspective = known.ids[0]
        if not perspective and len(alone) == 1:
            perspective = next(iter(alone))
            self.made.sure.append(f"asks {perspective} alone, by the words of its questions")
        if perspective:
            found = known.find(perspective)
            said = found if isinstance(found, str) else perspective
            yield f"perspective: {{value: {_said(said)}}}"
            return
        self.made.open = known.ids
        self.made.unsure.append(f"no column says who answered: one of {', '.join(known.ids)}")
        yield 'perspective: {value: "?"}  # who answered: ' + ", ".join(known.ids)

    def _fact(self, name: str, column: int) -> Iterator[str]:
        place, choices = self.refs[column], self.known.get(name)
        self.made.sure.append(f"{name}: {shown(place)}")
        if choices is None:
            yield f"{name}: {{column: {_said(place)}}}"
            return
        texts = self._texts(column)
        labels = self._labels(column)
        ids = {
            text: self._id(name, labels.get(text, text), choices) or self._id(name, text, choices)
            for text in texts
        }
        if all(isinstance(choices.find(text), str) for text in texts):
            yield f"{name}: {{column: {_said(place)}}}"
            return
        yield f"{name}:"
        yield f"  column: {_said(place)}"
        yield "  values:"
        for text, id in ids.items():
            if id:
                yield f"    {_said(text)}: {_said(id)}"
            else:
                near = choices.find(text)
                hint = near.fix if isinstance(near, Wrong) else ""
                yield f'    {_said(text)}: "?"  # {shown(hint, 100)}'
                self.made.unsure.append(f"{name} “{shown(text)}”, in {texts[text]} rows: {hint}")

    def _answers(self) -> Iterator[str]:
        made = self.made
        by_code = sum(self.survey.named[c].sure == "code" for c in self.questions)
        made.sure.append(
            f"{len(self.questions)} columns of answers: {by_code} by code, "
            f"{len(self.questions) - by_code} by their words"
        )
        yield "answers:"
        for column, key in sorted(self.questions.items()):
            yield f"  {_said(self.refs[column])}: {_said(key)}"
        for column, key in sorted(self.near.items()):
            yield f"  # nearly the words of {key}: is it that?"
            yield f"  # {_said(self.refs[column])}: {_said(key)}"
            made.unsure.append(
                f"column {letter(column)} “{shown(self.refs[column])}” is nearly {key}: look at it"
            )
        if not self.questions:
            yield '  "?": "?"  # no heading was known'
            made.unsure.append("no heading is a question of this instrument")

    def _labels(self, column: int) -> Mapping[str, str]:
        names = self.survey.heads.names[column]
        found = next((self.fields[n].choices for n in names if n in self.fields), {})
        return found or self.survey.labels.get(column, {})

    def _values(self) -> Iterator[str]:
        """Answers in the file's own codes, and those that no scale has."""
        recodes: dict[str, dict[str, str]] = {}
        ways: dict[str, dict[str, None]] = {DONT_KNOW: {}, NOT_RELEVANT: {}}
        unknown: Counter[str] = Counter()
        blanks = list(self.survey.tool.blank if self.survey.tool else ())
        nothing: Counter[str] = Counter()
        for column, key in self.questions.items():
            question = self.asked[key]
            if question.facet.scale.kind in ("text", "pick"):
                continue
            for text, count in self._texts(column).items():
                if text in blanks:
                    continue
                stored = self._stored(question, column, text)
                if stored is None and may_be_nothing(text):
                    nothing[text] += count
                elif stored is None:
                    unknown[text] += count
                elif stored in ways and self._plain(question, text) != stored:
                    ways[stored][text] = None
                elif stored not in ways and self._plain(question, text) != stored:
                    recodes.setdefault(key, {})[text] = stored
        if recodes:
            yield "values:"
            for key, said in recodes.items():
                every = {v: v for v in self._all_of(key)} | said
                yield f"  {_said(key)}: {{{', '.join(f'{_said(a)}: {_said(b)}' for a, b in every.items())}}}"
        for way, name in ((DONT_KNOW, "dont_know"), (NOT_RELEVANT, "not_relevant")):
            if ways[way]:
                yield f"{name}: [{', '.join(map(_said, ways[way]))}]"
        blanks += nothing
        for text, count in nothing.items():
            cells = "1 cell" if count == 1 else f"{count} cells"
            self.made.unsure.append(
                f"“{shown(text)}”, in {cells}, was put down as blank: look whether nothing was answered there"
            )
        if blanks:
            yield f"blank: [{', '.join(map(_said, blanks))}]"
        if unknown:
            yield "# answers that no scale has; say what each stands for:"
            yield '# values:\n#   "*":'
            for text, count in unknown.most_common(30):
                yield f'#     {_said(text)}: "?"  # in {count} cells'
            listed = ", ".join(f"“{shown(text)}”" for text, _ in unknown.most_common(_MOST))
            self.made.unsure.append(f"answers that no scale has: {listed}")

    def _all_of(self, key: str) -> Iterable[str]:
        columns = [column for column, one in self.questions.items() if one == key]
        question = self.asked[key]
        return dict.fromkeys(
            text for c in columns for text in self._texts(c) if self._plain(question, text) == text
        )

    def _plain(self, question: Question, text: str) -> str:
        found = Values(question.facet.scale).find(text)
        return found if isinstance(found, str) else ""

    def _stored(self, question: Question, column: int, text: str) -> str | None:
        """What an answer stands for: by what the file says of the code, as it stands, or by the kit's codes."""
        label = self._labels(column).get(text)
        if label and (found := self._plain(question, label)):
            return found
        if found := self._plain(question, text):
            return found
        scale = question.facet.scale
        if scale.kind == "tick":
            return coded(question).get(text)
        codes = {code: value for value, code in answer_numbers(scale).items()}
        codes |= {normal(code): value for value, code in answer_codes(scale).items()}
        return codes.get(normal(text))


def _said(text: str) -> str:
    """A text as YAML holds it, whatever it is."""
    return json.dumps(text, ensure_ascii=False)
