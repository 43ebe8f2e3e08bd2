"""Where published editions lie in a workspace: a file for each number, and the copies of what it was made from."""

import re
from collections.abc import Iterator

from reporter.files.sources import DATA, Sources

FOLDER = "editions"
FILE = re.compile(r"([12]\d{3})(?:-([1-9]\d{0,2}))?\.yaml", re.ASCII)


def folder_of(country: str) -> str:
    """The folder of the published editions of a country."""
    return f"{DATA}/{country}/{FOLDER}"


def file_of(country: str, year: int, number: int) -> str:
    """The file of a published edition: 2020.yaml for number 0, 2020-1.yaml for the first corrigendum."""
    return f"{folder_of(country)}/{year}-{number}.yaml" if number else f"{folder_of(country)}/{year}.yaml"


def store_of(country: str, year: int, number: int) -> str:
    """The folder of the copies of a published edition's inputs."""
    return f"{folder_of(country)}/{year}/{number}"


def is_record(path: str) -> bool:
    """True for the file of a published edition, by its path in the workspace."""
    folder, _, name = path.rpartition("/")
    return folder.endswith(f"/{FOLDER}") and bool(FILE.fullmatch(name))


def published(sources: Sources, country: str) -> Iterator[tuple[int, int]]:
    """Year and number of everything that was published of a country."""
    found = (FILE.fullmatch(name) for name in sources.below(folder_of(country)))
    return ((int(each[1]), int(each[2] or 0)) for each in found if each)


def published_years(sources: Sources, country: str) -> tuple[int, ...]:
    """The years of which an edition was published, ascending."""
    return tuple(sorted({year for year, _ in published(sources, country)}))


def of_year(sources: Sources, country: str, year: int) -> Sources:
    """The files of everything that was published of an edition, with the copies of what it was made from."""
    start, stores = f"{folder_of(country)}/", f"{folder_of(country)}/{year}/"

    def is_wanted(path: str) -> bool:
        found = FILE.fullmatch(path.removeprefix(start)) if path.startswith(start) else None
        return path.startswith(stores) or (found is not None and int(found[1]) == year)

    return sources.only(is_wanted)
