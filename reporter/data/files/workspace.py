"""Paths of the user's workspace and of the folders that come with the program."""

from dataclasses import dataclass
from pathlib import Path

from reporter.data.errors import UsageError
from reporter.data.files.sources import SETTINGS, TEMPLATES, TRANSLATIONS, Sources, folder_sources

CACHE = ".cache"
PACKAGE = Path(__file__).resolve().parents[2]


def packaged_folder(name: str) -> Path:
    """A folder that comes with the program: inside the installed package, or at the root of a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


BROUGHT = (packaged_folder(TEMPLATES), packaged_folder(TRANSLATIONS))


@dataclass(frozen=True, slots=True)
class Workspace:
    """The user's folder: `reporter.yaml`, data, perhaps templates, themes and messages; output in `build/`."""

    root: Path

    def snapshot(self) -> Sources:
        """A snapshot of all source files, in a checkout without the folders of the program itself."""
        return folder_sources(self.root, BROUGHT)

    @property
    def output(self) -> Path:
        return self.root / "build"

    @property
    def outbox(self) -> Path:
        return self.root / "submission"

    @property
    def cache(self) -> Path:
        """The folder of cached results, which can be made again."""
        return self.output / CACHE

    @property
    def own(self) -> Path:
        return self.root / ".reporter"

    @property
    def pending(self) -> Path:
        """Exists while a backup is being restored, when other files may be incomplete."""
        return self.own / "restoring"

    def lock(self, name: str) -> Path:
        """The file to lock while a document is made, so that no other process makes it."""
        return self.cache / "locks" / f"{name}.lock"


def constraints_file() -> Path:
    inside = PACKAGE / "constraints.txt"
    return inside if inside.is_file() else PACKAGE.parent / "requirements.txt"


def find_workspace(start: Path) -> Workspace:
    """The workspace that contains a folder. Raises UsageError if there is none."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Workspace(folder)
    raise UsageError(
        f"no workspace here: {SETTINGS} was not found in {start} or above it",
        hint="change to your workspace, name it with --workspace DIR, or create one: reporter init --help",
    )


def example_folder() -> Path:
    """The folder of the Lithuanian example: inside the installed package; in a checkout, the checkout itself."""
    inside = PACKAGE / "example"
    return inside if inside.is_dir() else PACKAGE.parent
