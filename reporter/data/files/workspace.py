"""Where things lie: the user's workspace, and what the program brings."""

from dataclasses import dataclass
from pathlib import Path

from reporter.data.errors import UsageError
from reporter.data.files.sources import SETTINGS, TEMPLATES, TRANSLATIONS, Sources, folder_sources

PACKAGE = Path(__file__).resolve().parents[2]


def packaged_folder(name: str) -> Path:
    """A folder that comes with the program. It lies inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


BROUGHT = (packaged_folder(TEMPLATES), packaged_folder(TRANSLATIONS))


@dataclass(frozen=True, slots=True)
class Workspace:
    """The user's folder with `reporter.yaml` and data. It may have templates, themes and messages of its own; reports
    lie under `build/`."""

    root: Path

    def snapshot(self) -> Sources:
        """Take a snapshot of the files that everything is made from. In a checkout of the program, the folders that
        come with it are not the workspace's own."""
        return folder_sources(self.root, BROUGHT)

    @property
    def output(self) -> Path:
        return self.root / "build"

    @property
    def outbox(self) -> Path:
        return self.root / "submission"

    @property
    def cache(self) -> Path:
        """Where slow results are kept; they can be made again."""
        return self.output / ".cache"

    @property
    def own(self) -> Path:
        return self.root / ".reporter"

    @property
    def pending(self) -> Path:
        """Is there while a back-up is restored. What else is there may be half of it then."""
        return self.own / "restoring"

    def lock(self, name: str) -> Path:
        """The file to lock while a document is made. So nobody else makes it at that time."""
        return self.cache / "locks" / f"{name}.lock"


def constraints_file() -> Path:
    inside = PACKAGE / "constraints.txt"
    return inside if inside.is_file() else PACKAGE.parent / "requirements.txt"


def find_workspace(start: Path) -> Workspace:
    """Find the workspace around a folder; raises UsageError if there is none."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Workspace(folder)
    raise UsageError(
        f"no workspace here: {SETTINGS} was not found in {start} or above it",
        hint="change to your workspace, name it with --workspace DIR, or make one: reporter init --help",
    )


def example_folder() -> Path:
    """The folder with the Lithuanian example. It lies inside the installed package; in a checkout it is the checkout
    itself."""
    inside = PACKAGE / "example"
    return inside if inside.is_dir() else PACKAGE.parent
