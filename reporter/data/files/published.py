"""Paths of published editions in a workspace: a file for each number, and copies of the files it was made from."""

import re
from collections.abc import Iterator

from reporter.data.files.sources import DATA, Sources

FOLDER = "editions"
# The year, and from the first corrigendum on its number.
FILE = re.compile(r"([12]\d{3})(?:-([1-9]\d{0,2}))?\.yaml", re.ASCII)
COPY = re.compile(rf"{DATA}/[^/]+/{FOLDER}/[^/]+/.+")


def folder_of(country: str) -> str:
    return f"{DATA}/{country}/{FOLDER}"


def file_of(country: str, year: int, number: int) -> str:
    """The path of a published edition: 2020.yaml for number 0, 2020-1.yaml for the first corrigendum."""
    return f"{folder_of(country)}/{year}-{number}.yaml" if number else f"{folder_of(country)}/{year}.yaml"


def approvals_file(country: str, year: int) -> str:
    """The path of an edition's approvals. No edition is made from this file, so an approval changes no edition."""
    return f"{folder_of(country)}/{year}-approvals.yaml"


def approved_copy(country: str, year: int, sha256: str) -> str:
    """The path of an approved file's copy, by checksum; files equal in several approvals are stored once."""
    return f"{folder_of(country)}/{year}-approvals/{sha256}"


def store_of(country: str, year: int, number: int) -> str:
    return f"{folder_of(country)}/{year}/{number}"


def is_record(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder.endswith(f"/{FOLDER}") and bool(FILE.fullmatch(name))


def published_numbers(sources: Sources, country: str) -> Iterator[tuple[int, int]]:
    matches = (FILE.fullmatch(name) for name in sources.below(folder_of(country)))
    return ((int(match[1]), int(match[2] or 0)) for match in matches if match)


def published_years(sources: Sources, country: str) -> tuple[int, ...]:
    return tuple(sorted({year for year, _ in published_numbers(sources, country)}))


def record_files(sources: Sources, country: str, last: int | None) -> Iterator[str]:
    numbers = published_numbers(sources, country)
    return (file_of(country, year, number) for year, number in numbers if last is None or year <= last)


def release_files(sources: Sources, country: str, year: int) -> Sources:
    start, stores = f"{folder_of(country)}/", f"{folder_of(country)}/{year}/"

    def is_wanted(path: str) -> bool:
        match = FILE.fullmatch(path.removeprefix(start)) if path.startswith(start) else None
        return path.startswith(stores) or (match is not None and int(match[1]) == year)

    return sources.only(is_wanted)
