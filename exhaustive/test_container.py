"""The container has what the program needs, runs without rights, and lets in nobody who was not let in."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from exhaustive.container import goes_in, health_check, instructions, told
from reporter.cli import options, serve
from reporter.cli.contents import COMMANDS
from reporter.formats.pdf.paper import WAYS
from tests import small
from tests.fixtures import ROOT
from tests.workbench.serving import come_in, running, stranger

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN = 'docker run --rm -it -p 127.0.0.1:8000:8000 -v "$PWD:/workspace" reporter'


def served() -> dict[str, object]:
    """What the command of the container asks of `reporter serve`."""
    (words,) = map(json.loads, told("CMD"))
    assert (["reporter"], "serve") == (json.loads(told("ENTRYPOINT")[0]), words[0])
    return dict(serve.command.make_context("serve", [*words[1:], "-w", str(ROOT)]).params)


def test_it_is_debian_slim_with_a_python_that_the_program_names() -> None:
    images = {line.removesuffix(" AS made") for line in told("FROM")}
    (found,) = (re.fullmatch(r"python:(3\.\d+)-slim-[a-z]+", image) for image in images)
    assert found
    assert f"Programming Language :: Python :: {found[1]}" in PROJECT["classifiers"]


def test_it_has_the_libraries_that_doctor_and_the_set_up_name() -> None:
    (line,) = [line for line in told("RUN") if "apt-get" in line]
    packages = set(re.findall(r"--no-install-recommends ((?:[a-z][\w.-]+ )+)", line)[0].split())
    assert set(WAYS["linux"][0].partition("--no-install-recommends ")[2].split()) <= packages
    assert set((ROOT / "scripts" / "pango").read_text().splitlines()[-1].split()[2:]) <= packages


def test_it_installs_extras_that_exist_at_the_versions_that_were_tested() -> None:
    (line,) = [line for line in told("RUN") if "pip install" in line]
    extras = set(re.findall(r"\.\[([\w,]+)\]", line)[0].split(","))
    assert (
        {"web", "verify", "sign", "protect", "cluster", "forms", "word"}
        == extras & PROJECT["optional-dependencies"].keys()
        == extras
    )
    assert "--constraint requirements.txt" in line


def test_nobody_in_it_is_root() -> None:
    last = next(rest for name, rest in reversed(instructions()) if name == "USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last)
    assert "/workspace" == told("WORKDIR")[-1]


def test_its_command_serves_the_mounted_folder_to_a_port_that_is_published() -> None:
    asked = served()
    port = asked["port"]
    assert ("0.0.0.0", True, "", False) == (asked["listen"], asked["no_open"], asked["proxy"], asked["read_only"])
    assert [str(port)] == told("EXPOSE")
    assert f"'127.0.0.1', {port}," in health_check()[-1]
    assert f"-p 127.0.0.1:{port}:{port} " in RUN


def test_who_is_not_let_in_gets_nothing_though_it_listens_everywhere(tmp_path: Path) -> None:
    with running(small.write(tmp_path), listen="0.0.0.0") as bench:
        assert 401 == stranger(bench).get("/").status
        assert 403 == come_in(bench).knowing(Host="desk.example").get("/").status
        assert 200 == come_in(bench).get("/XX/2020").status


def test_it_says_whether_it_is_well_without_a_secret(tmp_path: Path) -> None:
    python, dash, code = health_check()
    assert ("python", "-c") == (python, dash)

    def asked(port: int) -> int:
        command = [sys.executable, "-c", code.replace(str(served()["port"]), str(port))]
        return subprocess.run(command, capture_output=True, check=False).returncode

    with running(small.write(tmp_path), listen="0.0.0.0") as bench:
        assert 0 == asked(bench.port)
    assert 1 == asked(bench.port)


def test_a_user_without_a_name_is_told_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(options.getpass, "getuser", nameless)
    monkeypatch.setattr(options.os, "getuid", lambda: 4711)
    assert ("R. P.", "user 4711") == (options.person_of("R. P."), options.person_of(""))


def test_all_that_the_wheel_is_made_of_goes_in_and_nothing_of_a_workspace() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    wheel = hatch["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"], "pyproject.toml", PROJECT["readme"], "LICENSE"]
    assert [] == [path for path in needed if not goes_in(path)]
    assert goes_in("reporter/workbench/server/guard.py")
    kept = (
        ".git/config",
        ".venv/bin/python",
        ".reporter/journal/2026-11.jsonl",
        "build/LT/2020/LT-2020-en.pdf",
        "submission/outbox.sqlite",
        "tests/small.py",
        "reporter/__pycache__/errors.pyc",
        "key.p12",
    )
    assert [] == [path for path in kept if goes_in(path)]


def test_the_page_of_installation_says_how_it_is_run() -> None:
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert RUN in page
    assert [] == [line for line in re.findall(r"docker run .*", page) if "127.0.0.1:" not in line and " -p " in line]
    assert {"build"} == {shlex.split(line)[0] for line in re.findall(r"docker run .*? reporter (.*)", page)} & {
        *COMMANDS
    }
