"""The built wheel, installed into a new environment, makes a workspace that builds, far from the checkout."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tomllib
import venv
from importlib.metadata import PathDistribution
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener
from zipfile import ZipFile

import pytest

from exhaustive.container import goes_in
from exhaustive.without import PAPER
from reporter.data.extras import PACKAGES, WEB

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def no_path_to_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try what is installed, not the checkout. Tests may be called with the checkout on the path."""
    monkeypatch.delenv("PYTHONPATH", raising=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program `reporter` in a new environment that has the wheel. Its libraries are those of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    # A plain path in a .pth file adds the libraries, but not the editable checkout that stands beside them.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "venv" / "bin" / "reporter"


def test_an_installed_wheel_makes_the_workspace_of_the_example(installed: Path, tmp_path: Path) -> None:
    subprocess.run([installed, "init", "workspace", "--example"], cwd=tmp_path, check=True, capture_output=True)
    workspace = tmp_path / "workspace"
    assert (ROOT / "build" / "README.md").read_bytes() == (workspace / "build" / "README.md").read_bytes()
    asked = [installed, "admin", "messages", "fi"]
    told = subprocess.run(asked, cwd=workspace, capture_output=True, text=True, check=True).stdout
    assert re.match(r"translations/fi.po: (\d+) of \1 messages translated, \1 by machine, 0 to do; \1 added\n", told)


def test_an_installed_wheel_begins_a_country_that_builds(installed: Path, tmp_path: Path) -> None:
    begin = [installed, "init", "finland", "--country", "FI", "--languages", "en,fi", "--year", "2025"]
    subprocess.run(begin, cwd=tmp_path, check=True, capture_output=True)
    build = [installed, "build", "--format", "html,pdf"]
    done = subprocess.run(build, cwd=tmp_path / "finland", capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    made = tmp_path / "finland" / "build" / "FI" / "2025" / "draft"
    names = [f"FI-2025-{volume}{language}.html" for volume in ("data-and-methods-", "") for language in ("en", "fi")]
    assert names == sorted(path.name for path in made.glob("*.html"))
    assert b"%PDF-1.7" == (made / "FI-2025-fi.pdf").read_bytes()[:8]


def test_the_wheel_brings_the_tested_version_of_everything_it_needs(installed: Path) -> None:
    brought = site_of(installed) / "reporter" / "constraints.txt"
    assert (ROOT / "requirements.txt").read_bytes() == brought.read_bytes()
    (metadata,) = site_of(installed).glob("reporter-*.dist-info")
    needed = [each for each in PathDistribution(metadata).requires or [] if "extra == 'dev'" not in each]
    names = {re.split(r"[^\w.-]", each)[0].lower() for each in needed}
    assert {"weasyprint", "opendataloader-pdf", "pyhanko"} <= names
    assert set() == names - {line.partition("==")[0].lower() for line in brought.read_text().splitlines()}


def test_pip_takes_the_file_of_tested_versions_for_constraints(installed: Path) -> None:
    brought = site_of(installed) / "reporter" / "constraints.txt"
    (wheel,) = installed.parents[2].glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", str(installed.with_name("python"))]
    wanted = ["install", "--quiet", "--dry-run", "--no-deps", "--no-index", "-c", str(brought), str(wheel)]
    subprocess.run([*pip, *wanted], check=True, capture_output=True)


def test_doctor_names_that_file_and_finds_the_typefaces_that_were_tested(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed, "admin", "doctor", "--format", "json"], cwd=tmp_path, capture_output=True, check=False
    )
    found = {each["name"]: each for each in json.loads(done.stdout)}
    brought = site_of(installed) / "reporter" / "constraints.txt"
    assert (True, str(brought)) == (found["constraints"]["ok"], found["constraints"]["seen"])
    assert (True, "") == (found["fonts"]["ok"], found["fonts"]["tested"])


def site_of(installed: Path) -> Path:
    """Where the packages of the new environment lie."""
    (site,) = (installed.parents[1] / "lib").glob("python*/site-packages")
    return site


def test_the_wheel_holds_no_test_and_no_path_of_this_machine(installed: Path) -> None:
    site = site_of(installed)
    texts = [path.read_text(encoding="utf-8") for path in (site / "reporter").rglob("*.py")]
    assert [] == [text for text in texts if str(ROOT) in text]
    assert [] == list(site.glob("tests"))


def test_the_wheel_holds_every_file_that_the_program_brings(installed: Path) -> None:
    (wheel,) = installed.parents[2].glob("*.whl")
    held = names_in(wheel)
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    brought = {"reporter": "reporter", **hatch["wheel"]["force-include"]}
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *brought]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[:-1]
    places = {
        f"{place}{file.removeprefix(name)}"
        for file in files
        for name, place in brought.items()
        if file == name or file.startswith(f"{name}/")
    }
    assert {"reporter/assets/fonts/OFL-Source-Sans.md", "reporter/assets/workbench/LICENSE"} <= places
    assert set() == places - held
    licences = {name.partition("/licenses/")[2] for name in held if "/licenses/" in name}
    assert {"LICENSE", "assets/workbench/LICENSE", "assets/flags/LICENSE"} <= licences
    assert {f"assets/fonts/{path.name}" for path in (ROOT / "assets" / "fonts").glob("OFL-*.md")} <= licences


def test_a_wheel_made_of_what_goes_into_the_container_is_the_same(installed: Path, tmp_path: Path) -> None:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[:-1]
    for file in filter(goes_in, files):
        (tmp_path / "source" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, tmp_path / "source" / file)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=tmp_path / "source", check=True, capture_output=True)
    (again,), (wheel,) = tmp_path.glob("*.whl"), installed.parents[2].glob("*.whl")
    assert names_in(wheel) == names_in(again)


def test_the_installed_workbench_serves_an_empty_folder_and_a_workspace_without_pango_and_other_extras(
    installed: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    lacking = [*PAPER, *(name for name, each in PACKAGES.items() if each is not WEB)]
    (blocked / "sitecustomize.py").write_text(f"import sys\nsys.modules.update(dict.fromkeys({lacking}))\n")
    environment = os.environ | {"PYTHONPATH": str(blocked)}
    subprocess.run([installed, "init", "full", "--example"], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "empty").mkdir()
    for folder, title in (("empty", "Which country is the report about?"), ("full", "Lithuania")):
        command = [installed, "serve", "--no-open"]
        serving = subprocess.Popen(
            command, cwd=tmp_path / folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        try:
            # Browsers take the name for this machine; Python asks the system, which may not.
            address = re.sub(r"//\w+\.localhost:", "//127.0.0.1:", serving.stdout.readline().strip())
            opener = build_opener(HTTPCookieProcessor())
            opener.open(address, timeout=60).read()
            assert title in page_with(title, opener, urljoin(address, "/"))
        finally:
            serving.send_signal(signal.SIGINT)
            serving.communicate(timeout=60)
    build = [installed, "build", "--format", "html", "--lang", "en"]
    done = subprocess.run(build, cwd=tmp_path / "full", env=environment, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    assert (tmp_path / "full" / "build" / "LT" / "2020" / "LT-2020-en.html").is_file()


def page_with(word: str, opener: OpenerDirector, address: str) -> str:
    """A page when it has a word; the files of the workspace are read meanwhile."""
    last = monotonic() + 60
    while word not in (page := opener.open(address, timeout=60).read().decode()) and monotonic() < last:
        sleep(0.5)
    return page


def names_in(wheel: Path) -> set[str]:
    """The files of a wheel."""
    with ZipFile(wheel) as opened:
        return {name for name in opened.namelist() if not name.endswith("/")}
