"""What the tests share: the invented country Ruritania, the real Lithuanian data, and golden references."""

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest
from filelock import FileLock

import reporter.cli
from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import Locale, load_locale
from reporter.data.records import Dataset
from reporter.data.theme.tokens import Theme, load_theme
from tests import small
from tests.package.editions import FINAL
from tests.snapshots import public_dataset_of

HERE = Path(__file__).parent
ROOT = HERE.parent
RURITANIA = HERE / "data" / "ruritania"
# The rapporteur edits data/; this copy of it stays as it is, so that no edit of hers turns a test red.
LITHUANIA = HERE / "data" / "lithuania"

# By its lots nothing is drawn in the small tables of most tests, and men go before women.
SEED = "seed 32821"

RECIPIENTS = """\
recipients:
  commission: {channel: folder, folder: commission, language: en, gets: [csv],
               audience: public, name: {en: Coordinator}}
  website: {channel: folder, folder: website, language: en, gets: [csv], audience: public, name: {en: Everybody}}
"""

Golden = Callable[[str, str | bytes], None]
Say = Callable[..., tuple[int, str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what is made now as the reference; the diff is for the reviewer."""
    parser.addoption("--update-golden", action="store_true", help="write golden references instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def same_lots() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reporter.figures.withhold.decisions.new_seed", lambda: SEED)
        yield


def pytest_configure() -> None:
    """Whoever runs the tests in the background has them ignore interruptions, and so would every program they start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What gathering the tests makes stays to the end, and no later collection of garbage looks through it. Each build
    collects garbage, and would spend more time on the thousands of tests than on its pages."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Types a command: its exit code and what it says."""

    def typed(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(list(words))
        out, err = capsys.readouterr()
        return code, out + err

    return typed


@pytest.fixture
def paperless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Pango, as WeasyPrint finds it."""

    class Lacking(MetaPathFinder):
        def find_spec(self, name: str, *_: object) -> None:
            if name == "reporter.formats.pdf.pieces.engine":
                sys.stdout.write("WeasyPrint could not import some external libraries.")
                raise OSError("cannot load library 'libpango-1.0-0': not found.  Additionally, it is nowhere else")

    monkeypatch.delitem(sys.modules, "reporter.formats.pdf.pieces.engine", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Lacking(), *sys.meta_path])


@pytest.fixture
def drop_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, the one we are in, with two recipients who get their packages in folders."""
    small.write(tmp_path, {"reporter.yaml": small.FILES["reporter.yaml"] + RECIPIENTS})
    for name in ("commission", "website"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A small workspace whose year is final; some rooms have others of this name."""
    return Workspace(small.write(tmp_path, FINAL))


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The theme that the program brings."""
    return load_theme(ROOT / "assets")


def here(work: Callable[..., object], *args: object, **_limits: int) -> object:
    """Does in this process what another one would do, which takes a second to start."""
    return work(*args)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, actual)` compares text or bytes with tests/golden/NAME, or rewrites it."""
    update = request.config.getoption("--update-golden") or os.environ.get("UPDATE_GOLDEN") == "1"

    def compare(name: str, actual: str | bytes) -> None:
        path = HERE / "golden" / name
        content = actual.encode() if isinstance(actual, str) else actual
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        expected = path.read_bytes() if path.is_file() else b""
        if isinstance(actual, str):
            assert expected.decode() == actual
        else:
            assert expected == actual

    return compare


@pytest.fixture(scope="session")
def ruritania() -> Dataset:
    """The invented country: every flag, a break, a missing year, a zero, a revision, the longest labels."""
    return public_dataset_of(RURITANIA, ("XX",))


@pytest.fixture(scope="session")
def lithuania() -> Dataset:
    """The first country, as the tests keep it."""
    return public_dataset_of(LITHUANIA, ("LT",))


@pytest.fixture(scope="session")
def english() -> Locale:
    """The English locale."""
    return load_locale("en")


@dataclass(frozen=True, slots=True)
class Profile:
    """A finished report and the workspace it was built in; tests read it, they never change it."""

    workspace: Path
    pdf: Path

    @property
    def page(self) -> Path:
        """The same as HTML, where that was asked for."""
        return self.pdf.with_suffix(".html")


@pytest.fixture(scope="session")
def lithuanian(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The Lithuanian profile of 2020, built once for all tests."""
    return build_once(tmp_path_factory, LITHUANIA, "LT", 2020)


@pytest.fixture(scope="session")
def ruritanian(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The Ruritanian profile of 2022, built once for all tests."""
    return build_once(tmp_path_factory, RURITANIA, "XX", 2022)


def build_once(
    factory: pytest.TempPathFactory, source: Path, country: str, year: int, form: str = "pdf", language: str = "en"
) -> Profile:
    """Builds a profile in a copy of a workspace; of the workers that run the tests, the first one does it."""
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    workspace = shared / f"built-{country}-{form}-{language}"
    pdf = workspace / "build" / country / str(year) / f"{country}-{year}-{language}.pdf"
    with FileLock(shared / f"{workspace.name}.lock"):
        if not pdf.with_suffix(f".{form}").is_file():
            copy_workspace(source, workspace)
            build(workspace, country, year, "--format", form, "--lang", language)
    return Profile(workspace, pdf)


@dataclass(frozen=True, slots=True)
class Packaged:
    """A finished package and the workspace it was made in; tests read it, they never change it."""

    workspace: Path
    package: Path


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    """The package of a workspace of a few lines, with every part that it can have."""
    return package_once(tmp_path_factory, "XX", "office", lambda target: small.write(target, small.FINAL))


def package_once(factory: pytest.TempPathFactory, country: str, code: str, write: Callable[[Path], object]) -> Packaged:
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    workspace = shared / f"packaged-{country}-{code}"
    path = workspace / "build" / country / "2020" / "package" / f"{country}-2020-{code}.zip"
    with FileLock(shared / f"{workspace.name}.lock"):
        if not path.is_file():
            write(workspace)
            build(workspace, country, 2020, "--to", code, "-q", command="package")
    return Packaged(workspace, path)


def once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """A folder that is filled once; of the workers that run the tests, the first one does it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not folder.with_suffix(".filled").exists():
            fill(folder)
            folder.with_suffix(".filled").touch()
    return folder


def copy_workspace(source: Path, target: Path) -> None:
    """The files of a workspace without anything built."""
    for name in ("reporter.yaml", "data"):
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)


def elsewhere(temporary: Path) -> dict[str, str]:
    """An environment that differs from that of the other builds in all that must not show in a file."""
    temporary.mkdir(parents=True)
    return {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C", "TMPDIR": str(temporary)}


def build(workspace: Path, country: str, year: int, *options: str, command: str = "build", **environment: str) -> str:
    """Builds an edition in a process of its own and returns what it said on stdout; fails with what went wrong."""
    words = [sys.executable, "-m", "reporter", command, country, str(year), "-w", str(workspace), *options]
    variables = os.environ | {"PYTHONHASHSEED": "0"} | environment
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout


@pytest.fixture
def called(monkeypatch, capsys):
    """`called(*arguments)` runs the program here and gives exit code, stdout and stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reporter", *map(str, arguments)])
        code = 0
        try:
            reporter.cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return call
