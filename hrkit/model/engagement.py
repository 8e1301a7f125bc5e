"""One assignment for one organisation: who, which units, which rounds, which rules.

An engagement is a folder with an ``engagement.yml``; beside it lie the store of answers,
the logo, a notebook and the client's own instruments.  Everything that decides what may be
shown to whom is written there before the first answer comes in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hrkit.errors import EngagementError
from hrkit.model import lineage
from hrkit.model.belonging import LeaderTier, PartnerPair
from hrkit.model.beside import reader_beside
from hrkit.model.followed import Followed
from hrkit.model.instrument import Instrument
from hrkit.model.language import Texts, Words
from hrkit.model.lineage import Unit
from hrkit.model.norms import PublishedNorm
from hrkit.model.terms import Terms
from hrkit.model.wording import words_of

__all__ = [
    "FILE",
    "Branding",
    "Capacity",
    "ClearedComment",
    "DutyFacts",
    "Engagement",
    "Followed",
    "Invited",
    "LeaderTier",
    "LetterFacts",
    "PartnerPair",
    "Person",
    "Protection",
    "ReportSettings",
    "Unit",
    "Wave",
    "protection_of",
]

#: Name of the file that makes a folder an engagement.
FILE = "engagement.yml"


@dataclass(frozen=True, slots=True)
class Person:
    """The consultant: name, organisation and how to be reached, as printed."""

    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""

    @property
    def signature(self) -> str:
        """Organisation if there is one, else the person's name."""
        return self.organisation or self.name


@dataclass(frozen=True, slots=True)
class Wave:
    """A dated round of measurement; ``was`` are ids under which its answers may be stored."""

    id: str
    name: Texts
    opens: dt.date | None = None
    closes: dt.date | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were invited in one unit itself (sub-units not counted), by perspective."""

    wave: str
    unit: str
    perspective: str
    n: int


@dataclass(frozen=True, slots=True)
class Protection:
    """Thresholds: ``scores`` for means, ``details`` for comments, distributions and spread.

    Never below 5 and 10; an engagement may raise them.  With ``insider`` what is shown is proved
    also against readers who know one answer of every group: both thresholds count one more then
    (`protection_of`), so that five others stand behind a mean for whoever is one of six.
    """

    scores: int = 5
    details: int = 10
    insider: bool = False


def protection_of(scores: int = 5, details: int = 10, insider: bool = False) -> Protection:
    """The thresholds that hold, of those that are written down."""
    return Protection(scores + insider, details + insider, insider)


@dataclass(frozen=True, slots=True)
class ClearedComment:
    """A comment that a person has passed for print, by its id in the store.

    ``text`` is the wording to print where it was shortened or made unrecognisable.
    """

    id: str
    theme: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the report looks like: profile, paper, date and line of confidentiality."""

    profile: str = "full"
    paper: str = "a4"
    date: dt.date | None = None
    confidentiality: Texts | None = None
    title: Texts | None = None


@dataclass(frozen=True, slots=True)
class Branding:
    """Logo file (SVG or PNG, relative to the folder) with its alt text, and two colours.

    ``pptx_template`` is a PowerPoint file in the folder, on which slides are laid.
    """

    logo: str = ""
    logo_alt: str = ""
    primary: str = ""
    accent: str = ""
    pptx_template: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letters around a round say beside the rest: where to answer, and the days that are promised.

    ``summary``, ``meeting`` and ``told`` are when a summary goes out, leaders and HR meet, and everyone hears
    what was agreed.
    """

    link: str = ""
    summary: dt.date | None = None
    meeting: dt.date | None = None
    told: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """What the duties that come with the answers need to know; all of it is the client's to decide.

    Attributes
    ----------
    answers_until
        The day from which no answer is kept any more.
    reports_until
        The day until which reports and records are kept.
    officer
        The client's data protection officer, or whoever answers questions about the data.
    basis
        On what the client lets the processing rest: ``public-task``, ``legitimate-interests``,
        ``consent``; empty where nobody has decided.
    heard
        The day employee representatives were heard.
    """

    answers_until: dt.date | None = None
    reports_until: dt.date | None = None
    officer: str = ""
    basis: str = ""
    heard: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """Who carries actions of one owner: how many people, and how many days each has in a quarter."""

    persons: float
    days: float

    @property
    def total(self) -> float:
        """Days of all in a quarter."""
        return self.persons * self.days


@dataclass(frozen=True)
class Engagement:
    """A checked engagement.

    Attributes
    ----------
    folder
        Where it lies; paths in the file start there.
    units
        In the order written; exactly one has no parent: the whole organisation.  Those that were
        closed or came later are among them; see `as_in` for the units of one wave.
    targets
        Target level by dimension id; ``default`` for the rest.
    audience
        Who will see the report, by language; told to respondents and printed.  Languages in which
        nobody has decided it yet are left out.
    store
        A file name or a SQLAlchemy URL; empty means ``answers.sqlite`` in the folder.
    synthetic
        The answers are made up; every page says so.
    texts
        The consultant's own words per report section, as Markdown.
    letters
        What the letters around a round say beside the rest.
    duties
        How long what is kept is kept, and who answers for it.
    followed
        What became of what was agreed after earlier waves.
    sector, country
        What kind of organisation, and where: they choose advice; empty where it was not said.
    terms
        What the client calls people and places, in every form the texts need.
    asked
        Tool, or the instrument, to the rounds in which its form is asked; all where nothing is said.
    tiers, pairs
        Tiers of leadership and pairs of partners that whoever answers is asked for; see
        `hrkit.model.belonging`.
    process
        Days on which steps of the process were done, by the step's id (`hrkit.model.process`).
    capacity
        What each owner of actions can carry, by the owner's id.
    benchmark
        Whether this organisation is in its portfolio's benchmark.
    norms
        What was published elsewhere, to print beside the benchmark.
    """

    folder: Path
    id: str
    client: str
    consultant: Person
    language: str
    languages: tuple[str, ...]
    instrument: Instrument
    units: tuple[Unit, ...]
    waves: tuple[Wave, ...]
    invited: tuple[Invited, ...] = ()
    protection: Protection = Protection()
    targets: Mapping[str, float] = field(default_factory=dict)
    audience: Texts = field(default_factory=dict)
    report: ReportSettings = ReportSettings()
    branding: Branding = Branding()
    letters: LetterFacts = LetterFacts()
    duties: DutyFacts = DutyFacts()
    comments: tuple[ClearedComment, ...] = ()
    followed: tuple[Followed, ...] = ()
    store: str = ""
    synthetic: bool = False
    sector: str = ""
    country: str = ""
    texts: Mapping[str, Texts] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    tools: tuple[str, ...] = ()
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tiers: tuple[LeaderTier, ...] = ()
    pairs: tuple[PartnerPair, ...] = ()
    process: Mapping[str, dt.date] = field(default_factory=dict)
    capacity: Mapping[str, Capacity] = field(default_factory=dict)
    benchmark: bool = True
    norms: tuple[PublishedNorm, ...] = ()

    def words(self, language: str) -> Words:
        """The words in which this engagement speaks: the kit's, its instrument's, its own."""
        return words_of(self, language)

    @property
    def root(self) -> Unit:
        """The unit that is the whole organisation."""
        return next(unit for unit in self.units if unit.parent is None)

    @property
    def has_store(self) -> bool:
        """Whether there is a store: whatever lies in its place, or a database that is named in the file."""
        return bool(self.store) or (self.folder / "answers.sqlite").exists()

    def unit(self, id: str) -> Unit:
        """A unit by id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for unit in self.units:
            if unit.id == id:
                return unit
        raise KeyError(id)

    def wave(self, id: str | None = None) -> Wave:
        """A wave by its id, or one it had before; the latest if none is named.

        Raises
        ------
        EngagementError
            If there is no such wave.
        """
        if id is None:
            return self.waves[-1]
        for wave in self.waves:
            if id == wave.id or id in wave.was:
                return wave
        known = ", ".join(wave.id for wave in self.waves)
        raise EngagementError(f"There is no wave {id!r}; {FILE} has {known}.")

    def stored_under(self, wave: str) -> tuple[str, ...]:
        """The ids under which the store may know a wave: those it had, the oldest first, and its own."""
        found = next((one for one in self.waves if wave == one.id or wave in one.was), None)
        return (*found.was, found.id) if found else (wave,)

    def units_in(self, wave: str) -> tuple[Unit, ...]:
        """The units of a wave, with the names and parents they had in it."""
        return lineage.units_in(self.units, self._waves, self.wave(wave).id)

    def as_in(self, wave: str) -> Engagement:
        """The engagement with the units of one wave; `place` answers first."""
        return replace(self, units=self.units_in(wave))

    def place(self, unit: str, wave: str) -> str | None:
        """The unit of a wave's tree in which answers count that are stored under a unit's id.

        None where the file does not say what became of that unit.
        """
        return lineage.place(self.units, self._waves, unit, self.wave(wave).id)

    @property
    def _waves(self) -> tuple[str, ...]:
        return tuple(wave.id for wave in self.waves)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Languages in which it is not said yet who will see the report."""
        return tuple(one for one in self.languages if not self.audience.get(one))

    def within(self, unit: str) -> tuple[str, ...]:
        """Ids of a unit and all units below it."""
        found = [unit]
        for id in found:
            found += [child.id for child in self.units if child.parent == id]
        return tuple(found)

    def invited_to(self, wave: str, unit: str, perspectives: tuple[str, ...]) -> int | None:
        """How many were invited in a unit with its sub-units; None where any number is unknown.

        The number is known when at least one entry speaks of these perspectives in this wave.
        """
        inside = set(self.within(unit))
        known = [
            row.n
            for row in self.invited
            if row.wave == wave and row.unit in inside and row.perspective in perspectives
        ]
        return sum(known) if known else None

    def followed_before(self, wave: str) -> tuple[Followed, ...]:
        """What became of actions from waves before this one: those of this wave lie ahead of it."""
        ids = list(self._waves)
        earlier = set(ids[: ids.index(wave)]) if wave in ids else set()
        return tuple(one for one in self.followed if one.since in earlier)

    def target(self, dimension: str) -> float | None:
        """Target level of a dimension, or None where none was agreed."""
        return self.targets.get(dimension, self.targets.get("default"))


__getattr__ = reader_beside(__name__, "check", "load")
