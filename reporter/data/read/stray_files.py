"""Find files in `data/` that are never read because of name or place, and what to do. Looks at names only."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.published import FOLDER as EDITIONS
from reporter.data.files.sources import DATA, YEAR, Sources
from reporter.data.i18n.territories import EU
from reporter.data.records.label import ENGLISH

TEXT, ENDING = "text", ".md"
LANGUAGE = re.compile(r"[a-z]{2,3}")
# Names that people give a language folder: EN, en-GB.
LIKE_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.I | re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
FIGURES = re.compile(r"\.y[^.]*ml", re.I)
NAMES_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)", re.ASCII)
NARRATIVE = re.compile(r"([12]\d{3})\.md", re.ASCII)
# Files of office programs, and those they keep next to an open file.
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")
DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pdf")
PLAIN = (".txt", ".json", ".markdown", "")
LOCK = "~$"
# Contents that show that a folder is meant for a country.
OF_COUNTRY = re.compile(rf"country\..*|[12]\d{{3}}\.\w+|{TEXT}/.*", re.ASCII | re.I)


def strays_of(sources: Sources, countries: Iterable[str]) -> tuple[Finding, ...]:
    """The files in `data/` that are never read because of their name or place."""
    return (*stray_folders(sources), *(finding for code in countries for finding in stray_files(sources, code)))


def stray_files(sources: Sources, country: str) -> Iterator[Finding]:
    """The unread files of a country: errors if they look like figures or texts, warnings if of office programs."""
    own = sources.below(f"{DATA}/{country}")
    figures = (NAMES_YEAR.fullmatch(PurePosixPath(path).stem) for path in own if FIGURES.fullmatch(_ending(path)))
    last = max((int(match[1]) for match in figures if match), default=0)
    for path in own:
        parts = PurePosixPath(path).parts
        if parts[0] == EDITIONS:
            continue
        if parts[-1].startswith(LOCK):
            what, year = f"a temporary file while {parts[-1].removeprefix(LOCK)} is open", NAMES_YEAR.search(parts[-1])
            hint = "close it in Word or Excel; if this file remains, delete it"
            yield _finding(f"{DATA}/{country}/{path}", what, hint, int(year[1]) if year else None)
        elif parts[0] == TEXT and 1 < len(parts) < 4:
            yield from _text(own, country, parts, last)
        elif len(parts) == 1:
            yield from _figures(own, country, parts[0])
        elif len(parts) < 4 and NARRATIVE.fullmatch(parts[-1]):
            yield _misnamed(own, country, path, f"{TEXT}/{_language(own, parts[-2])}/{parts[-1]}")


def stray_folders(sources: Sources) -> Iterator[Finding]:
    inside = sources.below(DATA)
    folders = dict.fromkeys(path.partition("/")[0] for path in inside)
    countries = [folder for folder in folders if COUNTRY.fullmatch(folder)]
    for name in folders:
        if any(path.startswith(f"{name}/") for path in inside):
            is_meant = any(map(OF_COUNTRY.fullmatch, inside.below(name))) and not COUNTRY.fullmatch(name)
            code = EU.get(name.upper(), name.upper())
            if is_meant:
                meant = f"data/{code}" if COUNTRY.fullmatch(code) else "the two letters of its country, such as data/LT"
                hint = f"move its content to {meant}" if code in countries else f"rename the folder to {meant}"
                yield _finding(f"{DATA}/{name}", f"{name!r} is not a country code", hint)
        elif name != "catalogue.yaml" and _ending(name) not in ("", *DOCUMENTS):
            stem, year = name.partition(".")[0], NAMES_YEAR.search(name)
            if stem.lower() == "catalogue":
                yield _finding(f"{DATA}/{name}", "not the name of the catalogue", "rename it to catalogue.yaml")
            elif year:
                act = "write its figures into" if _ending(name) in TABLES else "move it to"
                of = f"data/{countries[0]}/" if len(countries) == 1 else "the folder of its country: data/LT/"
                hint = f"{act} {of}{year[1]}.yaml"
                yield _finding(f"{DATA}/{name}", "is outside the folder of a country", hint, int(year[1]))


def _figures(own: Sources, country: str, name: str) -> Iterator[Finding]:
    ending, year = _ending(name), NAMES_YEAR.search(name)
    is_country = name.partition(".")[0].lower() == "country"
    if YEAR.fullmatch(name) or name == "country.yaml" or not (year or is_country or FIGURES.fullmatch(ending)):
        return
    if not (FIGURES.fullmatch(ending) or ending in (*TABLES, *DOCUMENTS, *PLAIN, ENDING)):
        return
    if year is None:
        hint = "rename it to country.yaml" if is_country else "name it after its year, such as 2020.yaml"
        yield _finding(f"{DATA}/{country}/{name}", "not the name of a year's file", hint, severity=_weight(ending))
        return
    is_text = ending == ENDING or name.lower().endswith(".md.txt") or ending in DOCUMENTS
    meant = f"{TEXT}/{_language(own)}/{year[1]}.md" if is_text else f"{year[1]}.yaml"
    yield _misnamed(own, country, name, meant)


def _text(own: Sources, country: str, parts: tuple[str, ...], last: int) -> Iterator[Finding]:
    """A file below `text/`; `last` is the latest year with figures."""
    name, ending, year = parts[-1], _ending(parts[-1]), NAMES_YEAR.search(parts[-1])
    if LANGUAGE.fullmatch(name) or not (ending == ENDING or ending in (*DOCUMENTS, *PLAIN)):
        return
    place, weight = "/".join((DATA, country, *parts)), _weight(ending)
    folder = LIKE_LANGUAGE.fullmatch(parts[1]) if len(parts) == 3 else None
    if len(parts) == 3 and not LANGUAGE.fullmatch(parts[1]):
        what, hint = f"{parts[1]!r} is not the code of a language", "name the folder by a code such as en or lt"
        if folder:
            meant = f"{TEXT}/{folder[1].lower()}/{name}"
            is_there = any(path.startswith(f"{TEXT}/{folder[1].lower()}/") for path in own)
            hint = f"move it to data/{country}/{meant}" if is_there else f"rename the folder to {folder[1].lower()}"
            hint = f"keep one of the two: data/{country}/{meant} is read" if meant in own else hint
        yield _finding(place, what, hint, severity=weight)
    elif year is None:
        yield _finding(
            place, "not the name of a year's text", "name it after its year, such as 2020.md", severity=weight
        )
    elif folder is None or not NARRATIVE.fullmatch(name):
        meant = f"{TEXT}/{_language(own, parts[-2])}/{year[1]}.md"
        yield _misnamed(own, country, "/".join(parts), meant)
    elif int(year[1]) > last:
        what = f"a text for {year[1]}, but there is no file for that year"
        hint = f"write data/{country}/{year[1]}.yaml first"
        yield _finding(place, what, hint, int(year[1]), weight)


def _misnamed(own: Sources, country: str, path: str, meant: str) -> Finding:
    folder, place = f"{DATA}/{country}", PurePosixPath(path)
    ending, year = _ending(path), int(PurePosixPath(meant).stem)
    whole = f"{folder}/{meant}"
    if ending in TABLES or ending in DOCUMENTS:
        what = "this table is not read" if ending in TABLES else "this document is not read"
        hint = f"write its {'text' if meant.startswith(TEXT) else 'figures'} into {whole}"
        hint += "" if f"{year}.yaml" in own else f"; reporter new {country} {year} creates it"
    elif meant in own:
        what, hint = f"a second file for {year}, which is not read", f"keep one of the two: {whole} is read"
    else:
        is_near = place.parent == PurePosixPath(meant).parent
        what = f"not the name of a year's {'text' if meant.startswith(TEXT) else 'file'}"
        what = "a text outside its language folder" if path == f"{TEXT}/{year}.md" else what
        hint = f"rename it to {PurePosixPath(meant).name}" if is_near else f"move it to {whole}"
        hint += " (Windows may hide the ending .txt)" if ending == ".txt" else ""
    return _finding(f"{folder}/{path}", what, hint, year, _weight(ending))


def _language(own: Sources, folder: str = "") -> str:
    """The language meant by a folder, else the first in which the country has texts."""
    if match := LIKE_LANGUAGE.fullmatch(folder):
        return match[1].lower()
    return next((path.partition("/")[0] for path in own.below(TEXT) if LANGUAGE.match(path.partition("/")[0])), ENGLISH)


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _weight(ending: str) -> Severity:
    return Severity.ERROR if FIGURES.fullmatch(ending) or ending == ENDING else Severity.WARNING


def _finding(
    path: str, message: str, hint: str, year: int | None = None, severity: Severity = Severity.WARNING
) -> Finding:
    return Finding(severity=severity, code="file-name", message=message, mark=Mark(path), hint=hint, year=year)
