"""The files under `data/LT/editions/`: what was published, read and written."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import yaml

from reporter.errors import DataError, Finding, Mark, Severity
from reporter.load.release_shapes import ReleaseShape
from reporter.load.shape_errors import validate
from reporter.load.yaml_tree import Tree, read_yaml
from reporter.model import Label
from reporter.model.release import Release

FOLDER = "editions"
NAME = re.compile(r"([12]\d{3})(?:-([1-9]\d{0,2}))?", re.ASCII)
HEAD = """\
# yaml-language-server: $schema=../../../schema/edition.json
# Written by reporter publish. It tells what was published: never change it by hand.
"""


def folder_of(country: str) -> str:
    """Where the published editions of a country lie."""
    return f"data/{country}/{FOLDER}"


def store_of(country: str, year: int, number: int) -> str:
    """The folder of the copies of a published edition's inputs."""
    return f"{folder_of(country)}/{year}/{number}"


def published_years(root: Path, country: str) -> tuple[int, ...]:
    """The years of which an edition was published, ascending."""
    found = (NAME.fullmatch(path.stem) for path in (root / folder_of(country)).glob("*.yaml"))
    return tuple(sorted({int(each[1]) for each in found if each}))


def read_releases(root: Path, country: str, year: int) -> tuple[Release, ...]:
    """What was published of an edition, number 0 first; raises DataError when a file is missing or was changed."""
    names = {number: _name(year, number) for number in _numbers(root, country, year)}
    trees = [read_yaml(root, f"{folder_of(country)}/{name}.yaml") for name in names.values()]
    made = [_read(tree, country, year, number) for tree, number in zip(trees, names, strict=True)]
    findings = [each for tree in trees for each in tree.findings]
    findings += _gaps(country, year, tuple(names))
    if findings:
        raise DataError(tuple(findings))
    return tuple(each for each in made if each)


def _numbers(root: Path, country: str, year: int) -> list[int]:
    found = (NAME.fullmatch(path.stem) for path in (root / folder_of(country)).glob(f"{year}*.yaml"))
    return sorted(int(each[2] or 0) for each in found if each and int(each[1]) == year)


def _name(year: int, number: int) -> str:
    return f"{year}-{number}" if number else str(year)


def _gaps(country: str, year: int, numbers: tuple[int, ...]) -> Iterable[Finding]:
    for number in range(len(numbers)):
        if number not in numbers:
            mark = Mark(f"{folder_of(country)}/{_name(year, number)}.yaml")
            hint = "put the file back from a copy: no number of a published edition may be lost"
            yield Finding(
                severity=Severity.ERROR,
                code="missing-file",
                message="file of a published edition is missing",
                mark=mark,
                hint=hint,
            )


def _read(tree: Tree, country: str, year: int, number: int) -> Release | None:
    shape = validate(tree, ReleaseShape)
    if shape is None:
        return None
    for key, expected in (("country", country), ("year", year), ("number", number)):
        if getattr(shape, key) != expected:
            message = f"{key} is {getattr(shape, key)}, but the name of the file says {expected}"
            tree.error(tree.mark(key), "file-name", message, "give the file back its name")
    release = _release(shape, tree.mark())
    if seal_of(release) != release.seal:
        message = "the file was changed after it was published: its seal does not fit"
        tree.error(tree.mark("seal"), "edition-altered", message, "put it back from a copy, or from version control")
    return release


def _release(shape: ReleaseShape, mark: Mark) -> Release:
    return Release(
        country=shape.country,
        year=shape.year,
        number=shape.number,
        date=shape.published,
        by=shape.by,
        reason=Label(tuple(shape.reason.items())),
        program=shape.program.version,
        code=shape.program.sha256,
        engines=tuple(shape.engines.items()),
        fonts=tuple(shape.fonts.items()),
        inputs=tuple(shape.inputs.items()),
        files=tuple(shape.files.items()),
        mark=mark,
        seal=shape.seal,
    )


def seal_of(release: Release) -> str:
    """The checksum of everything that a published edition tells but the seal itself."""
    return hashlib.sha256(json.dumps(_plain(release), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sealed(release: Release) -> Release:
    """The same with its seal."""
    return replace(release, seal=seal_of(release))


def release_text(release: Release) -> str:
    """The text of its file."""
    told = _plain(release) | {"seal": release.seal}
    return HEAD + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def _plain(release: Release) -> dict[str, object]:
    reason: dict[str, object] = {"reason": dict(release.reason.texts)} if release.reason else {}
    return {
        "country": release.country,
        "year": release.year,
        "number": release.number,
        "published": release.date,
        "by": release.by,
        **reason,
        "program": {"version": release.program, "sha256": release.code},
        **{name: dict(getattr(release, name)) for name in ("engines", "fonts", "inputs", "files")},
    }
