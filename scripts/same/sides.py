"""Makes the outputs of a side: those of a program, from inputs that are the same for both sides."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from scripts.same.contents import ROOMS
from tests import agencies, small
from tests.check.broken import lay_over

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / ".same"
# What tells nothing of the program, and folders of which the tool itself is one.
NOT_PROGRAM = ("tests", "exhaustive", "scripts", "docs")
LISTED = "list.txt"


def write_inputs(folder: Path, *, quick: bool) -> None:
    """Write the workspaces of the rooms, and the files that commands are given: those of today's tree."""
    data = ROOT / "tests" / "data"
    shutil.copytree(ROOT / "data", folder / "lithuania" / "data")
    shutil.copyfile(ROOT / "reporter.yaml", folder / "lithuania" / "reporter.yaml")
    shutil.copytree(data / "ruritania", folder / "ruritania")
    small.write(folder / "small", {**small.FINAL, **agencies.WITH_AGENCIES})
    for each in sorted((data / "broken").iterdir()):
        further = "-further" if each.stem.count(".") else ""
        if not (quick and further):
            lay_over(each, folder / f"broken{further}" / each.name)
    shutil.copytree(data / "glotip", folder / "files" / "glotip")
    (folder / "empty").mkdir()


def digest_of_files(folder: Path) -> str:
    """A checksum of all files below a folder."""
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc")
    sums = [f"{each.relative_to(folder)} {sha256(each.read_bytes()).hexdigest()}" for each in files]
    return sha256("\n".join(sums).encode()).hexdigest()


def packages() -> str:
    """What is installed beside the program, which both sides are run with."""
    return "\n".join(sorted(f"{each.name} {each.version}" for each in distributions())) + sys.version


@contextmanager
def program_of(revision: str) -> Iterator[Path]:
    """A folder with the program of a revision."""
    with tempfile.TemporaryDirectory(prefix="same-program-") as name:
        tops = _git("ls-tree", "--name-only", revision).decode().split()
        wanted = [each for each in tops if each not in NOT_PROGRAM]
        subprocess.run(["tar", "-x", "-C", name], input=_git("archive", revision, *wanted), check=True)
        yield Path(name).resolve()


def resolve(revision: str) -> str:
    """The hash of a revision."""
    return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def make_side(program: Path, inputs: Path, target: Path, *, quick: bool, hash_seed: str = "0") -> None:
    """Make all outputs of a program into a folder, with their list."""
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="same-home-") as home:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{program}{os.pathsep}{ROOT}",
            "PYTHONHASHSEED": hash_seed,
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": home,
            "LOGNAME": "rapporteur",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "COLUMNS": "100",
            "LINES": "40",
            "NO_COLOR": "1",
            "REPORTER_CONFIG": str(Path(home, "none")),
        }

        rooms = [name for name, room in ROOMS.items() if not (quick and room.slow)]
        places = [str(each) for each in (program, inputs, target / "files")]
        words = [sys.executable, "-P", "-m", "scripts.same.room", "quick" if quick else "full", *places, *rooms]
        if subprocess.run(words, env=environment, cwd=home, check=False).returncode:
            print("make same: a room could not be worked through", file=sys.stderr)
            sys.exit(2)
    (target / LISTED).write_text("".join(f"{name} {digest}\n" for name, digest in _sums(target / "files")))


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        yield path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()


def read_list(target: Path) -> dict[str, str]:
    """The checksum of each output, by its name."""
    lines = (target / LISTED).read_text().splitlines()
    return dict(each.rsplit(" ", 1) for each in lines)
