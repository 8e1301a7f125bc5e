"""Codes that are handed out, with which people answer."""

from __future__ import annotations

from hrkit.answers import acts, sessions, slips
from hrkit.answers.codes import canonical, new_code, spellings
from hrkit.answers.slips import Slip
from hrkit.answers.store.erasing import Erasing

__all__ = ["HandingOut"]


class HandingOut(Erasing):
    """A store that knows the codes it gave out."""

    def hand_out(self, wave: str, slip: Slip, count: int) -> tuple[str, ...]:
        """New codes with which people may begin; they are kept as hashes only.

        Parameters
        ----------
        slip
            From which chair and where whoever gets one answers.

        Raises
        ------
        StoreError
            If the wave is frozen, or the engagement has no such unit or perspective.
        """
        if self._engagement is not None:
            sessions.check_person(self._engagement, wave, slip.unit, slip.perspective)
        drawn = tuple(dict.fromkeys(new_code() for _ in range(count)))
        with self._write() as connection:
            wave = self._stored(connection, wave)
            sessions.check_open(connection, wave)
            self._asked(connection, {wave}, self._engagement)
            slips.hand_out(connection, wave, slip, [self._scrambled(code) for code in drawn])
            acts.note(connection, "codes", f"{wave}: {count}")
        return drawn

    def handed(self, code: str, wave: str) -> Slip | None:
        """What a code that was handed out says; None if it was not."""
        with self._read() as connection:
            found = slips.handed(connection, self._names(wave) or (wave,), self._scrambled(code))
        if found is None or self._engagement is None:
            return found
        return found._replace(
            unit=self._engagement.place(found.unit, wave) or self._engagement.root.id
        )

    def opens(self, code: str, wave: str) -> bool:
        """Whether a code opens anything still: one that was made void does not, nor one of the erased."""
        hashes = [self._scrambled(form) for form in spellings(code)]
        with self._read() as connection:
            return slips.known(connection, self._names(wave) or (wave,), hashes)

    def handed_out(self, wave: str) -> dict[Slip, int]:
        """How many codes are out, by what they say."""
        with self._read() as connection:
            return slips.handed_out(connection, self._names(wave) or (wave,))

    def withdraw(self, code: str, wave: str) -> bool:
        """Take back a code with which nobody has begun; whether there was one."""
        with self._write() as connection:
            hashed = self._scrambled(canonical(code))
            return slips.withdraw(connection, self._names(wave) or (wave,), hashed)

    def replace_code(self, code: str, wave: str, *, erase: bool = False) -> tuple[Slip, str] | None:
        """Make a lost code void and draw another for the same chair; None if there is no such code.

        What was answered under the old one stays and counts, or is erased; the new code opens an
        empty form, and nothing says for which old one it was drawn.

        Raises
        ------
        StoreError
            If the wave is frozen.
        """
        names = self._names(wave) or (wave,)
        with self._write() as connection:
            stored = self._stored(connection, wave)
            sessions.check_open(connection, stored)
            hashed = self._hash(connection, code) or ""
            chair, begun = slips.void(connection, names, hashed)
            if chair is None:
                return None
            drawn = new_code()
            slips.hand_out(connection, stored, chair, [self._scrambled(drawn)])
        if erase and begun:
            self.erase(begun)
        return chair, drawn
