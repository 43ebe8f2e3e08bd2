"""Make the folder of a workspace, the files of a year."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reporter.edition.job import check_country
from reporter.edition.resources import locale_lookup
from reporter.errors import ReporterError, UsageError
from reporter.files.sources import DATA, Sources, known_years
from reporter.files.workspace import Workspace, example_folder
from reporter.files.writing import write_together
from reporter.load.catalogue import CATALOGUE
from reporter.load.dataset import load_dataset
from reporter.start.country import new_country
from reporter.start.new_year import text_file, year_before, year_file
from reporter.start.schemas import EDITOR, editor_settings

BUILT, IGNORING = "build/README.md", "build/.gitignore"
PARTS = ("reporter.yaml", "data", "schema", "themes", BUILT)
IGNORED = "*\n!README.md\n!.gitignore\n"


def brought_files() -> dict[str, bytes]:
    """What of the program's own workspace every other one has too."""
    return {path: (example_folder() / path).read_bytes() for path in (CATALOGUE, BUILT)}


def make_workspace(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the workspace in one step, that of the example without files. So a failed copy leaves nothing. Raises
    ReporterError when it cannot be made."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Inside a folder that is there: it may be a disk of its own, onto which nothing can be renamed from beside it.
        place = target if target.is_dir() else target.parent
        with tempfile.TemporaryDirectory(prefix=".reporter-init-", dir=place) as beside:
            draft = Path(beside, "workspace")
            _fill(draft, files)
            _settle(draft, target)
    except OSError as problem:
        raise ReporterError(
            f"{target} cannot be made: {problem.strerror}", hint="name a folder you may write to"
        ) from None


def begun_files(sources: Sources, country: str, year: int) -> dict[str, bytes]:
    """The files with which a year begins, by path. Those that are there already are among them. Where the country has
    no year yet, the country begins. Raises UsageError for what cannot be begun."""
    if not known_years(sources, country):
        return new_country(sources, country, year)
    check_country(sources, country)
    before = year_before(sources, country, year)
    if before is None:
        hint = f"its first year is {min(known_years(sources, country))}; name a later one"
        raise UsageError(f"{country} has no year before {year} to begin from", hint=hint)
    dataset = load_dataset(sources, (country,)).dataset
    speak = locale_lookup(sources)
    texts = {
        f"{DATA}/{country}/text/{language}/{year}.md": text_file(dataset, country, year, speak(language))
        for language in dataset.settings.languages
    }
    return {f"{DATA}/{country}/{year}.yaml": year_file(sources, dataset, country, year, before), **texts}


def write_new(workspace: Workspace, sources: Sources, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write those of some files that are not there. Their paths come back. No file is ever written over. Raises
    ReporterError when they cannot be written."""
    new = {path: content for path, content in files.items() if path not in sources}
    if new:
        write_together({workspace.root / path: content for path, content in new.items()})
    return tuple(new)


def _settle(draft: Path, target: Path) -> None:
    """Move a finished draft to its place. A folder that exists stays the folder it is, for a shell may stand in it."""
    if not target.exists():
        draft.replace(target)
        return
    for each in draft.iterdir():
        place = target / each.name
        if not place.exists():
            each.replace(place)
            continue
        # The folder of an editor, which may be there before: what stands in it stays.
        for file in each.iterdir():
            if not (place / file.name).exists():
                file.replace(place / file.name)


def _fill(draft: Path, files: Mapping[str, bytes]) -> None:
    (draft / BUILT).parent.mkdir(parents=True)
    for path, content in files.items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(content)
    for name in () if files else PARTS:
        source = example_folder() / name
        if source.is_dir():
            shutil.copytree(source, draft / name)
        elif source.is_file():
            shutil.copyfile(source, draft / name)
    (draft / IGNORING).write_bytes(IGNORED.encode())
    (draft / EDITOR).parent.mkdir()
    (draft / EDITOR).write_bytes(editor_settings().encode())
