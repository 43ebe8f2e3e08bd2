"""Compare a package with its RO-Crate and its validation reports."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from reporter.errors import ReporterError
from reporter.submission.bag import DATA, MANIFESTS
from reporter.submission.package import Package
from reporter.submission.result import Defect, Result, result_of
from reporter.submission.ro_crate import NAME
from reporter.submission.verification import Check, sums_of

CRATE = f"{DATA}{NAME}"
DESCRIPTION = "description"
REPORT = f"{DATA}validation/*-pdf.json"

Sums = Mapping[str, str]


def check_description(package: Package) -> Result:
    """Check that RO-Crate and validation reports match the files. Every file is described, with its SHA-256, and every
    described file is there. Each report names PDFs of the package, with their SHA-256, and says that they pass."""
    sums = {name: known for name, known in sums_of(package, MANIFESTS[0]).items() if name in package.payload}
    defects = (*_undescribed(package, sums), *_unproven(package, sums))
    return result_of(DESCRIPTION, (f"files described: {len(sums) - (CRATE in sums)}",), defects)


DESCRIBED = Check(DESCRIPTION, check_description)


def _undescribed(package: Package, sums: Sums) -> Iterator[Defect]:
    described = _described(package)
    if described is None:
        yield Defect(CRATE, "is missing, or describes no files")
        return
    for name in package.payload:
        if name != CRATE and name not in described:
            yield Defect(name, f"was added: not described in {NAME}")
        elif name != CRATE and described[name] != sums.get(name):
            yield Defect(name, f"was altered: has another SHA-256 in {NAME}")
    yield from (Defect(name, f"is missing: described in {NAME}") for name in described if name not in package.payload)


def _described(package: Package) -> Sums | None:
    """Read the SHA-256 of each file from the RO-Crate. None when it cannot be read, describes a file twice, or
    describes others than the parts it lists."""
    graph = _read(package, CRATE)
    try:
        nodes = [each for each in graph["@graph"] if each.get("@type") == "File"]
        parts = next(each["hasPart"] for each in graph["@graph"] if each["@id"] == "./")
        parts = parts if isinstance(parts, list) else [parts]
        sums = {each["@id"]: str(each["sha256"]) for each in nodes}
        same = len(sums) == len(nodes) and sorted(sums) == sorted(each["@id"] for each in parts)
    except (AttributeError, KeyError, TypeError, StopIteration):
        return None
    return {f"{DATA}{unquote(name)}": known for name, known in sums.items()} if same else None


def _unproven(package: Package, sums: Sums) -> Iterator[Defect]:
    """Find reports that fail, or belong to another file."""
    for name in (each for each in package.payload if PurePosixPath(each).match(REPORT)):
        found = _read(package, name)
        for each in found if isinstance(found, list) else [found]:
            told: Mapping[str, Any] = each if isinstance(each, dict) else {}
            path = f"{DATA}{told.get('path')}"
            if path not in sums:
                yield Defect(name, f"tells of {path}, which is not there")
            elif told.get("sha256") != sums[path]:
                yield Defect(name, f"tells of another {path} than the one that is there")
            elif told.get("passes") is not True or told.get("failures"):
                yield Defect(name, f"says that {path} fails")


def _read(package: Package, name: str) -> Any:  # noqa: ANN401 (what a file holds is unknown)
    try:
        return json.loads(package.read(name))
    except (ReporterError, ValueError, RecursionError):
        return None
