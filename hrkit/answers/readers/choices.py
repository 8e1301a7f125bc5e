"""What a cell may say of the person who answered: wave, unit, perspective, tier, pair, language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrkit.answers.readers.vocabulary import Wrong
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument
from hrkit.model.language import words
from hrkit.model.languages import codes, languages
from hrkit.model.places import unit_name
from hrkit.text import Lookup, nearest, normal, shown

__all__ = ["Choices", "people", "perspective_name"]


class Choices:
    """Ids that a cell may name, by id or by a name in any language.

    Parameters
    ----------
    kind
        What they are ids of, for messages.
    named
        Id to its names in any language.
    shown_as
        Id to the name that messages show.
    """

    def __init__(
        self, kind: str, named: Mapping[str, Iterable[str]], shown_as: Mapping[str, str]
    ) -> None:
        self.kind, self.ids, self._shown_as = kind, tuple(named), shown_as
        names: dict[str, set[str]] = {}
        for id, texts in named.items():
            for text in (id, *texts):
                names.setdefault(normal(text), set()).add(id)
        self._names = {text: tuple(sorted(ids)) for text, ids in names.items()}
        self._texts: dict[str, list[str]] = {}
        for id, texts in named.items():
            for text in dict.fromkeys((id, *texts)):
                self._texts.setdefault(text, []).append(id)
        self._numbers = Lookup({id: id for id in self.ids})
        self._found: dict[str, str | Wrong] = {}

    def find(self, text: str) -> str | Wrong:
        """The id that a cell names."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | Wrong:
        if text.strip() in self.ids:
            return text.strip()
        found = self._names.get(normal(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            which = " or ".join(found)
            return Wrong(f"the {self.kind} “{shown(text)}” may be {which}", "write the id instead")
        if (same := self._numbers.get(text)) is not None:
            return same
        near = dict.fromkeys(id for name in nearest(text, self._texts) for id in self._texts[name])
        meant = " or ".join(map(self._named, near))
        fix = f"did you mean {meant}? " if meant else ""
        return Wrong(f"there is no {self.kind} “{shown(text)}”", f"{fix}use {self.known()}")

    def respelled(self, text: str) -> bool:
        """Whether a cell that was understood is a number written in another way than the id."""
        found = self.find(text)
        return isinstance(found, str) and normal(text) not in self._names

    def known(self) -> str:
        """The ids with their names, as a message lists them."""
        few = ", ".join(map(self._named, self.ids[:20]))
        return few + (f" or one of {len(self.ids) - 20} more" * (len(self.ids) > 20))

    def _named(self, id: str) -> str:
        name = shown(self._shown_as.get(id, id))
        return f"{id} ({name})" if normal(name) != normal(id) else id


def people(engagement: Engagement) -> Mapping[str, Choices]:
    """What the columns about a person may say in an engagement; tier and pair where it lists them."""
    instrument = engagement.instrument
    perspectives = {id: list(instrument.people.spoken(id)) for id in instrument.perspectives}
    spoken = dict.fromkeys((engagement.language, *engagement.languages))

    def said(texts: Mapping[str, str]) -> str:
        return " / ".join(
            dict.fromkeys(texts[language] for language in spoken if language in texts)
        )

    listed = {
        "level": Choices(
            "tier",
            {tier.id: list(tier.name.values()) for tier in engagement.tiers},
            {tier.id: said(tier.name) for tier in engagement.tiers},
        ),
        "pair": Choices(
            "pair",
            {pair.id: [pair.name] for pair in engagement.pairs},
            {pair.id: pair.name for pair in engagement.pairs},
        ),
    }
    # Where an engagement lists none, a file may say either in its own words.
    return {name: one for name, one in listed.items() if one.ids} | {
        "wave": Choices(
            "wave",
            {wave.id: [*wave.name.values(), *wave.was] for wave in engagement.waves},
            {wave.id: said(wave.name) for wave in engagement.waves},
        ),
        "unit": Choices(
            "unit", _units(engagement), {unit.id: unit.name for unit in engagement.units}
        ),
        "perspective": Choices(
            "perspective",
            perspectives,
            {
                id: said(
                    {language: perspective_name(instrument, id, language) for language in spoken}
                )
                for id in instrument.perspectives
            },
        ),
        "language": Choices(
            "language", _languages(), {id: one.name for id, one in languages().items()}
        ),
    }


def _languages() -> Mapping[str, list[str]]:
    """Languages by their own name and by what each of the others calls them."""
    found = {}
    for id, language in languages().items():
        said = [words(other) for other in codes()]
        key = f"answers.languages.in_{id}"
        found[id] = [language.name, *(one(key) for one in said if key in one)]
    return found


def _units(engagement: Engagement) -> Mapping[str, list[str]]:
    """Units by every name and id they have or had; one that is listed itself keeps its id."""
    listed = {unit.id for unit in engagement.units}
    spoken = [engagement.words(code) for code in engagement.languages]
    return {
        unit.id: [
            *(unit.name, *unit.names.values()),
            # As whoever answers chose it: with the units around it.
            *(unit_name(engagement, unit, w) for w in spoken),
            *(id for id in unit.was if id not in listed),
        ]
        for unit in engagement.units
    }


def perspective_name(instrument: Instrument, id: str, language: str) -> str:
    """A perspective's name as one respondent's role; its id where there are no words for it."""
    return str(instrument.people.one(id).name("role", language))
