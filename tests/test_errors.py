"""Every error says what, where and what next, and crosses processes."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest

from hrkit import errors
from hrkit.errors import HrkitError, Problem

CLASSES = [
    getattr(errors, name)
    for name in errors.__all__
    if isinstance(getattr(errors, name), type) and issubclass(getattr(errors, name), Exception)
]
PROBLEMS = (
    Problem("answers.xlsx row 14, trust.03", "7 is outside 1–5", "correct it or leave it blank"),
    Problem("answers.xlsx", "is empty"),
)


def test_all_names_every_class_of_the_module() -> None:
    here = [
        x for x in vars(errors).values() if isinstance(x, type) and x.__module__ == errors.__name__
    ]
    assert {each.__name__ for each in here} == set(errors.__all__)
    assert len(CLASSES) == len(errors.__all__) - 1  # Problem is no error


@pytest.mark.parametrize("problems", [(), PROBLEMS], ids=["without problems", "with problems"])
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickling(kind: type[HrkitError], problems: tuple[Problem, ...]) -> None:
    error = kind("answers.xlsx was not taken.", problems)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        same = pickle.loads(pickle.dumps(error, protocol))
        assert type(same) is kind
        assert (same.summary, same.problems) == (error.summary, problems)
        assert str(same) == str(error)
    assert str(copy.deepcopy(error)) == str(error)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_the_users_to_mend(kind: type[HrkitError]) -> None:
    assert issubclass(kind, HrkitError)
    with pytest.raises(HrkitError):
        raise kind("no")


def test_a_message_is_a_summary_and_a_list() -> None:
    assert str(HrkitError("answers.xlsx was not taken.", PROBLEMS)) == (
        "answers.xlsx was not taken.\n"
        "  - answers.xlsx row 14, trust.03: 7 is outside 1–5; correct it or leave it blank\n"
        "  - answers.xlsx: is empty"
    )
    assert str(HrkitError("There is no file a.csv.")) == "There is no file a.csv."


def test_problems_may_come_from_a_generator() -> None:
    error = HrkitError("no", (problem for problem in PROBLEMS))
    assert error.problems == PROBLEMS
    assert error.problems == PROBLEMS  # still there the second time


def test_a_problem_is_frozen() -> None:
    with pytest.raises(AttributeError):
        PROBLEMS[0].what = "other"  # type: ignore[misc]


def test_the_module_imports_nothing_of_the_package() -> None:
    code = (
        "import sys; import hrkit.errors; "
        "print(*sorted(m for m in sys.modules if m.startswith('hrkit')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["hrkit", "hrkit.errors"]


def test_a_notebook_shows_the_sentence_and_no_traceback() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shown: list[list[str]] = []
    shell._showtraceback = lambda kind, error, lines: shown.append(lines)
    shell.user_ns["error"] = errors.EngagementError(
        "It \x1b[31mcannot", [Problem("a.yml", "is wrong", "mend it")]
    )
    shell.run_cell("raise error")
    InteractiveShell.clear_instance()
    assert shown == [["It \ufffd[31mcannot\n  - a.yml: is wrong; mend it"]]


def test_a_problem_is_one_line_whatever_it_quotes():
    """Outside text cannot begin a line of the list, nor look like another problem of it."""
    error = HrkitError("Summary.", [Problem("a\n  - b", "quotes\r\n“x\ty”", "c\u2028d")])
    assert str(error).splitlines() == ["Summary.", "  - a   - b: quotes “x y”; c d"]
