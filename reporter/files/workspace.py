"""Where things lie: the user's workspace and what the program brings along."""

from dataclasses import dataclass
from pathlib import Path

from reporter.errors import UsageError
from reporter.files.sources import SETTINGS, TEMPLATES, TRANSLATIONS, Sources, folder_sources

PACKAGE = Path(__file__).resolve().parent.parent


def packaged(name: str) -> Path:
    """A folder that travels with the program: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


BROUGHT = (packaged(TEMPLATES), packaged(TRANSLATIONS))


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `reporter.yaml`, data, and perhaps templates, themes and messages; reports lie under `build/`."""

    root: Path

    def snapshot(self) -> Sources:
        """The files that everything is made from.

        In a checkout of the program, the folders that come with it are not the workspace's own.
        """
        return folder_sources(self.root, BROUGHT)

    @property
    def output(self) -> Path:
        """Where reports are written."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """Where what took time to make is kept; whatever lies there can be made again."""
        return self.output / ".cache"

    def lock(self, name: str) -> Path:
        """The file that whoever makes a document holds, so that nobody else makes it at the same time."""
        return self.cache / "locks" / f"{name}.lock"


def constraints() -> Path:
    """The file that pins every package at the version that was tested."""
    inside = PACKAGE / "constraints.txt"
    return inside if inside.is_file() else PACKAGE.parent / "requirements.txt"


def find_workspace(start: Path) -> Workspace:
    """The workspace that contains a folder; raises UsageError when there is none."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Workspace(folder)
    raise UsageError(
        f"no workspace here: {SETTINGS} was not found in {start} or above it",
        hint="change to your workspace, name it with --workspace DIR, or make one with: reporter init DIR",
    )


def example() -> Path:
    """The folder that holds the Lithuanian example: inside the installed package, or the checkout itself."""
    inside = PACKAGE / "example"
    return inside if inside.is_dir() else PACKAGE.parent
