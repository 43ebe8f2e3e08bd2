"""The shell completes commands, countries, years and languages."""

from tests.fixtures import LITHUANIA


def test_completion_prints_the_script_of_a_shell(called):
    for shell in ("bash", "zsh", "fish"):
        code, out, err = called("completion", shell)
        assert (0, "", True) == (code, err, "_REPORTER_COMPLETE" in out)


def test_completion_completes_commands_countries_years_and_languages(called, monkeypatch):
    monkeypatch.chdir(LITHUANIA)
    monkeypatch.setenv("_REPORTER_COMPLETE", "bash_complete")
    expected = {
        "reporter ch": "check",
        "reporter check LT": "LT",
        "reporter build LT 202": "2020",
        "reporter messages sv": "sv",
    }
    for words, completed in expected.items():
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert (0, f"plain,{completed}\n", "") == called()
