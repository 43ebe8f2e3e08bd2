"""The shell completes commands, countries, years and languages."""

import pytest

from tests.fixtures import LITHUANIA


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(called, shell):
    code, out, err = called("completion", shell)
    assert (0, "") == (code, err)
    assert "_REPORTER_COMPLETE" in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("reporter ch", "check"),
        ("reporter check LT", "LT"),
        ("reporter build LT 202", "2020"),
        ("reporter messages sv", "sv"),
    ],
)
def test_completion_completes(called, monkeypatch, words, expected):
    asked = {"_REPORTER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(LITHUANIA)
    assert (0, f"plain,{expected}\n", "") == called()
