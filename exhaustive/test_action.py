"""What runs the program in other places, `action.yml` and `.pre-commit-hooks.yaml`, held to the program."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click import Context

from reporter.cli.group import LazyGroup, group
from reporter.data.errors import ExitCode
from tests import small
from tests.cli.running import RIGHT
from tests.fixtures import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
SCRIPTS = {each["name"]: each for each in ACTION["runs"]["steps"] if "run" in each}
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
# Tells what it is called with, and ends as it is told.
STAND_IN = '#!/bin/sh\nprintf "%s\\n" "$@" >> "$CALLS"\necho END >> "$CALLS"\necho found\nexit "$ENDS"\n'


def options_of(command: str) -> set[str]:
    *within, name = command.split()
    known = LazyGroup(*within).get_command(Context(group), name)
    return {name for each in known.params for name in (*each.opts, *each.secondary_opts) if name.startswith("-")}


def run(name: str, root: Path, ends: int = 0, **inputs: str) -> tuple[int, list[list[str]], str]:
    """Run a step as GitHub does: exit code, what the program was called with each time, and the outputs."""
    step = SCRIPTS[name]
    (root / "bin").mkdir(exist_ok=True)
    (root / "bin" / "reporter").write_text(STAND_IN)
    (root / "bin" / "reporter").chmod(0o755)
    given = {key.replace("-", "_"): each["default"] for key, each in ACTION["inputs"].items()} | inputs
    context = {f"inputs.{key.replace('_', '-')}": value for key, value in given.items()} | {"runner.temp": str(root)}
    told = {key: EXPRESSION.sub(lambda found: context[found[1]], value) for key, value in step["env"].items()}
    calls, outputs = root / "calls", root / "outputs"
    for each in (calls, outputs):
        each.write_text("")
    paths = {"CALLS": str(calls), "GITHUB_OUTPUT": str(outputs), "PATH": f"{root / 'bin'}:{os.environ['PATH']}"}
    script = root / "step.sh"
    script.write_text(step["run"])
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=root,
        env={**told, **paths, "ENDS": str(ends)},
        check=False,
        capture_output=True,
        timeout=20,
    )
    called = [each.splitlines() for each in calls.read_text().split("END\n")[:-1]]
    return done.returncode, called, outputs.read_text()


def test_a_shell_can_read_the_steps_which_have_every_variable_and_no_words_of_an_input():
    assert "composite" == ACTION["runs"]["using"]
    for step in SCRIPTS.values():
        assert ("bash", False) == (step["shell"], "${{" in step["run"])
        assert set(re.findall(r"\$\{?([A-Z_]+)", step["run"])) - {"GITHUB_OUTPUT"} == set(step["env"])
        assert 0 == subprocess.run(["bash", "-n"], input=step["run"].encode(), check=False, timeout=20).returncode


def test_every_input_is_told_and_used_and_there_are_no_others():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\binputs\.([\w-]+)", text))
    assert {*ACTION["inputs"]} == used
    assert all(each["description"] and isinstance(each["default"], str) for each in ACTION["inputs"].values())
    docs = (ROOT / "docs" / "machines.md").read_text(encoding="utf-8")
    assert [] == [each for each in (*ACTION["inputs"], *HOOKS) if f"`{each}`" not in docs]


def test_what_is_installed_is_the_action_itself_with_what_was_tested():
    step = SCRIPTS["Install"]
    assert {"ACTION_PATH": "${{ github.action_path }}"} == step["env"]
    words = [each.replace("$ACTION_PATH", str(ROOT)) for each in shlex.split(step["run"])]
    assert [str(ROOT / "requirements.txt"), str(ROOT)] == words[-2:]
    assert all(Path(each).exists() for each in words[-2:])


def test_no_address_is_asked_for_anything():
    told = [(ROOT / name).read_text(encoding="utf-8") for name in ("action.yml", ".pre-commit-hooks.yaml")]
    assert [] == [each for each in told if "http" in each or "index" in each]


def test_the_options_that_are_called_are_options_of_the_program():
    entries = [step["run"] for step in SCRIPTS.values()] + [each["entry"] for each in HOOKS.values()]
    commands = set(re.findall(r"\breporter ((?:admin )?\w+)", " ".join(entries)))
    assert {"check", "build", "admin schema"} == commands
    known = {name for command in commands for name in options_of(command)}
    script = "\n".join(each for each in entries if "pip" not in each)
    assert set(re.findall(r"(?<![\w-])(--[a-z-]+)", script)) <= known


@pytest.mark.parametrize("ends", [0, 1, 2, 3])
def test_it_checks_once_for_the_public_and_ends_as_the_program_does(tmp_path, ends):
    code, calls, _ = run("Check", tmp_path, ends)
    assert (ends, [["check", "--workspace=.", "--public", "--"]]) == (code, calls)


def test_inputs_are_words_and_never_commands(tmp_path):
    bad = "x; touch a $(touch b) `touch c` \" ' | touch d"
    _, calls, _ = run(
        "Check", tmp_path, working_directory=bad, country=bad, year=bad, strict="true", audience="restricted"
    )
    assert [["check", f"--workspace={bad}", "--strict", "--", bad, bad]] == calls
    _, calls, _ = run("Build", tmp_path, working_directory=bad, country="-f", build=bad, strict="yes")
    assert [["build", f"--workspace={bad}", f"--format={bad}", "--", "-f"]] == calls
    assert [] == [name for name in "abcd" if (tmp_path / name).exists()]


def test_the_calls_of_the_action_are_understood_by_the_program(called, tmp_path):
    root = small.write(tmp_path / "profile", RIGHT)
    _, calls, _ = run("Check", tmp_path, working_directory=str(root), country="XX", year="2020", strict="true")
    assert [ExitCode.OK] == [called(*each)[0] for each in calls]
    _, calls, _ = run("Build", tmp_path, working_directory=str(root), country="XX", year="2020", build="xlsx")
    assert [ExitCode.OK] == [called(*each)[0] for each in calls]


def test_hooks_run_in_a_workspace_and_stop_what_has_errors(called, tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path))
    ends = {name: called(*shlex.split(each["entry"])[1:])[0] for name, each in HOOKS.items()}
    assert {"reporter-check": ExitCode.FINDINGS, "reporter-schema": ExitCode.OK} == ends
    (tmp_path / small.YEAR).write_text(RIGHT[small.YEAR])
    assert ExitCode.OK == called(*shlex.split(HOOKS["reporter-check"]["entry"])[1:])[0]


def test_hooks_are_asked_when_files_of_a_workspace_change():
    changed = {
        "data/LT/2021.yaml": {"reporter-check"},
        "data/LT/text/lt/2021.md": {"reporter-check"},
        "reporter.yaml": {"reporter-check"},
        "data/catalogue.yaml": {"reporter-check", "reporter-schema"},
        "data/LT/country.yaml": {"reporter-check", "reporter-schema"},
        "docs/data/a.md": set(),
        "README.md": set(),
    }
    for path, hooks in changed.items():
        assert hooks == {name for name, each in HOOKS.items() if re.search(each["files"], path)}
    assert {("python", False)} == {(each["language"], each["pass_filenames"]) for each in HOOKS.values()}
