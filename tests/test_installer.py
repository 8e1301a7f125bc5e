"""The recipe of the offline installer says what environment.yml says, and its last step does what it should."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging" / "constructor"
PLATFORMS = {"linux": {"linux", "unix"}, "osx": {"osx", "unix"}, "win": {"win"}}


def recipe(platform: str) -> dict[str, Any]:
    """The recipe as constructor reads it on a platform: lines with another's selector are gone."""
    kept = []
    for line in (HERE / "construct.yaml").read_text("utf-8").splitlines():
        chosen = re.search(r"#\s*\[(\w+)\]\s*$", line)
        if not chosen or chosen[1] in PLATFORMS[platform]:
            kept.append(re.sub(r"\{\{.*?\}\}", "0", line))
    data: dict[str, Any] = yaml.safe_load("\n".join(kept))
    return data


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"installer_{name}", HERE / f"{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_installed_is_what_environment_yml_asks_for(platform: str) -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    wanted = [one for one in environment["dependencies"] if isinstance(one, str)]
    found = recipe(platform)
    assert sorted(found["specs"]) == sorted([*wanted, "menuinst>=2.1"])
    assert found["channels"] == environment["channels"]
    assert not [one for one in found["specs"] if one.startswith("conda")], (
        "spaces in a path need this"
    )


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_file_it_names_is_there(platform: str) -> None:
    found = recipe(platform)
    named = [next(iter(one)) for one in found["extra_files"]]
    named += [found[key] for key in ("post_install", "pre_uninstall") if key in found]
    made = {one for one in named if one.startswith("wheels/")}
    assert [one for one in named if one not in made and not (HERE / one).is_file()] == []
    text = (HERE / "prepare.py").read_text("utf-8")
    assert all(Path(one).name in text for one in made)


def test_scripts_suit_their_shells() -> None:
    subprocess.run(["sh", "-n", HERE / "post_install.sh"], check=True)
    for one in HERE.glob("*.bat"):
        assert one.read_bytes().count(b"\n") == one.read_bytes().count(b"\r\n") > 0, one.name
    # menuinst reads its file in the machine's own encoding.
    entry = json.loads((HERE / "hrkit-menu.json").read_bytes().decode("ascii"))["menu_items"][0]
    assert set(entry["platforms"]) == set(PLATFORMS)
    assert entry["activate"] is False, "there is no conda that could"


def test_the_last_step_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = tmp_path / "Søren Å" / "hrkit"
    (prefix / "wheels").mkdir(parents=True)
    (prefix / "wheels/names.txt").write_text("a.whl=a-1-py3-none-any.whl\n", "utf-8")
    (prefix / "wheels/a.whl").write_bytes(b"")
    done: list[Any] = []
    api = SimpleNamespace(
        install=lambda path, **how: done.append(("install", path, how)),
        remove=lambda path, **how: done.append(("remove", path, how)),
    )
    monkeypatch.setitem(sys.modules, "menuinst", SimpleNamespace(api=api))
    monkeypatch.setattr(subprocess, "run", lambda words, check: done.append(words))
    finish = module("finish")
    for do in ("install", "install", "remove"):
        finish.main(do, prefix)
    menu, own = str(prefix / "Menu/hrkit-menu.json"), str(prefix / "wheels/a-1-py3-none-any.whl")
    where = {"target_prefix": str(prefix), "base_prefix": str(prefix)}
    assert [one if isinstance(one, tuple) else one[-1] for one in done] == [
        own, ("install", menu, where), own, ("install", menu, where), ("remove", menu, where)]  # fmt: skip
    assert "--no-index" in done[0] and Path(own).exists()


def test_libraries_are_found_without_activating() -> None:
    path = module("start").path_within(Path("P"), "rest").replace("\\", "/")
    assert path.startswith("P") and "P/Library/bin" in path and path.endswith("rest")
