"""Where things lie: the user's workspace and what the program brings along."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reporter.errors import UsageError
from reporter.model import Settings
from reporter.theme.tokens import Theme, load_theme

PACKAGE = Path(__file__).resolve().parent.parent
MARKER = "reporter.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `reporter.yaml`; its own `templates/` go before the program's."""

    root: Path

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

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders templates are looked up in, in this order."""
        own = self.root / "templates"
        return (
            (own, packaged("templates")) if own.is_dir() and own != packaged("templates") else (packaged("templates"),)
        )

    @property
    def assets(self) -> Path:
        """Fonts, themes, icons, flags and maps."""
        return packaged("assets")

    @property
    def translations(self) -> tuple[Path, ...]:
        """The folders of message catalogues; what the workspace's own says goes first."""
        return tuple(dict.fromkeys((packaged("translations"), self.root / "translations")))

    def unspoken(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The languages of these that have no catalogue of messages; the messages themselves are English."""
        known = {path.stem for folder in self.translations for path in folder.glob("*.po")} | {"en"}
        return tuple(each for each in languages if each not in known)

    @property
    def themes(self) -> Path:
        """The folder of the workspace's own themes, which go before the program's."""
        return self.root / "themes"

    def theme(self, settings: Settings) -> Theme:
        """The theme that `reporter.yaml` chooses; raises DataError with everything that is wrong with it."""
        return load_theme(self.assets, settings.theme, self.root, settings.theme_mark)

    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that have a folder under `data/`."""
        found = (self.root / "data").glob("[A-Z][A-Z]/*.yaml")
        return tuple(sorted({each.parent.name for each in found}))

    def years(self, country: str) -> tuple[int, ...]:
        """The years of a country that have a file, ascending."""
        return tuple(sorted(int(each.stem) for each in (self.root / "data" / country).glob("[12][0-9][0-9][0-9].yaml")))


def packaged(name: str) -> Path:
    """A folder that travels with the program: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def find_workspace(start: Path) -> Workspace:
    """The workspace that contains a folder; raises UsageError when there is none."""
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    raise UsageError(
        f"no workspace here: {MARKER} was not found in {start} or above it",
        hint="change to your workspace, name it with --workspace DIR, or make one with: reporter init DIR",
    )


def example() -> Path:
    """The folder that holds the Lithuanian example: inside the installed package, or the checkout itself."""
    inside = PACKAGE / "example"
    return inside if inside.is_dir() else PACKAGE.parent
