"""What nobody sees makes no difference in a file of settings, and never reaches a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit.commands.new import new
from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.yamlfile import read_yaml
from hrkit.text import clean, normal, seen

#: Zero width, byte order mark, joiners, marks and overrides of direction, a tag, letters without ink.
UNSEEN = tuple("\u200b\ufeff\u2060\u200d\u200e\u202e\u2066\U000e0041\u3164\u115f\u2800\u034f")


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_pasted_along_in_any_place_it_changes_nothing(
    folder: Path, engagement_text: str, sign: str
) -> None:
    plain = engagements.load(folder)
    data = read_yaml(folder / "engagement.yml")
    text = engagement_text
    for word in ("client", "Nord", "leader", "default", "w1", "en:"):
        text = text.replace(word, f"{word[:-1]}{sign}{word[-1]}")
    assert text != engagement_text
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert read_yaml(folder / "engagement.yml").data == data.data
    assert engagements.check(folder) == ()
    assert engagements.load(folder) == plain


@pytest.mark.parametrize("sign", (*UNSEEN, "\xa0", "\u2003", "\xad"))
def test_who_sees_the_report_is_not_said_by_blanks(
    folder: Path, engagement_text: str, sign: str
) -> None:
    said = engagements.load(folder).audience["en"]
    assert said in engagement_text
    (folder / "engagement.yml").write_text(engagement_text.replace(said, sign), "utf-8")
    assert any("who will see" in str(problem) for problem in engagements.check(folder))


@pytest.mark.parametrize("sign", (*UNSEEN, "\xa0"))
def test_a_client_has_a_name_that_is_seen(tmp_path: Path, sign: str) -> None:
    with pytest.raises(EngagementError, match="is empty"):
        new(tmp_path / "a", sign, "en")
    new(tmp_path / "b", f"Ac{sign}me" if sign != "\xa0" else "Acme", "en")
    assert engagements.draft(tmp_path / "b").client == "Acme"
    assert "Acme" in (tmp_path / "b" / "engagement.yml").read_text("utf-8")


@pytest.mark.parametrize("sign", UNSEEN)
def test_nothing_unseen_is_kept(sign: str) -> None:
    assert clean(f"{sign}Go{sign}dt {sign}") == seen(f"{sign}Go{sign}dt{sign}") == "Godt"
    assert normal(f"{sign}Go{sign}dt {sign}") == "godt"


def test_what_makes_one_picture_of_several_stays() -> None:
    family = "\U0001f468\u200d\U0001f469 \u2764\ufe0f"
    assert seen(family) == clean(family) == family
    assert seen("over\xadens\xadkomst \n") == "over\xadens\xadkomst \n"
