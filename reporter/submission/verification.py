"""Verify a package that was received, by a list of checks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.submission.bag import (
    ALGORITHMS,
    DATA,
    DECLARATION,
    DECLARED,
    INFO,
    MANIFESTS,
    TAG_MANIFESTS,
    TAGS,
    Digest,
    digest,
)
from reporter.submission.package import Package, names_another, open_package
from reporter.submission.result import Defect, PackageError, Result, Verdict, result_of

ARCHIVE = "archive"
GAP = "  "
OXUM = "Payload-Oxum: "
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    look: Callable[[Package], Result]


def verify(path: Path, checks: Sequence[Check]) -> tuple[Result, ...]:
    """Make each check of a package, in order. When it may not be opened, none is made: their verdict is
    `UNCHECKED`."""
    try:
        package = open_package(path)
    except PackageError as problem:
        unmade = (Result(each.name, Verdict.UNCHECKED) for each in checks)
        return result_of(ARCHIVE, (), problem.defects), *unmade
    return _arrived(package), *(each.look(package) for each in checks)


def _arrived(package: Package) -> Result:
    seen = [f"{package.root}, files: {len(package.payload)}"]
    if package.aside:
        named = ", ".join((*package.aside[:MOST_TOLD], *(["…"] if len(package.aside) > MOST_TOLD else [])))
        seen.append(f"left aside, as computers add them, {len(package.aside)}: {named}")
    named_here = {package.path.name: package.path.stem, package.folder: package.folder}
    defects = (
        Defect(place, f"has the name of another package than {package.root}, which it is")
        for place, name in named_here.items()
        if names_another(name, package.root)
    )
    return result_of(ARCHIVE, tuple(seen), tuple(defects))


def check_checksums(package: Package) -> Result:
    """Check every file against the manifests, by both algorithms. Every file must be listed, present and unaltered:
    complete and valid by RFC 8493 3."""
    found = {name: digest(content) for name, content in package.files.items()}
    defects = (
        *_altered(package, found),
        *_unlisted(package, MANIFESTS, package.payload),
        *_unlisted(package, TAG_MANIFESTS, TAGS),
        *_misworded(package),
        *_declared(package, found),
    )
    wrong = {each.file for each in defects}
    right = [f"right: {sum(name not in wrong for name in found)}"] if defects else []
    return result_of(CHECKSUMS.name, (f"{' and '.join(ALGORITHMS)}, files: {len(found)}", *right), defects)


CHECKSUMS = Check("checksums", check_checksums)


def sums_of(package: Package, name: str) -> Mapping[str, str]:
    lines = package.read(name).decode(errors="replace").splitlines()
    return {path or line: known for line, (known, _, path) in ((line, line.partition(GAP)) for line in lines)}


def _altered(package: Package, found: Mapping[str, Digest]) -> Iterator[Defect]:
    manifests = zip(MANIFESTS, TAG_MANIFESTS, strict=True)
    listed = [{**sums_of(package, tag), **sums_of(package, data)} for data, tag in manifests]
    for name, each in found.items():
        differing = [
            algorithm
            for algorithm, known, seen in zip(ALGORITHMS, listed, each.sums, strict=True)
            if known.get(name, seen) != seen
        ]
        if differing:
            yield Defect(name, f"was altered: differs in {', '.join(differing)} from what was packed")


def _unlisted(package: Package, manifests: Sequence[str], names: Sequence[str]) -> Iterator[Defect]:
    listed = {manifest: sums_of(package, manifest) for manifest in manifests}
    for name in names:
        if lacking := [manifest for manifest in manifests if name not in listed[manifest]]:
            yield Defect(name, f"was added: not listed in {' and '.join(lacking)}")
    for name in dict.fromkeys(name for each in listed.values() for name in each):
        if name not in names:
            holding = [manifest for manifest in manifests if name in listed[manifest]]
            yield Defect(name, f"is missing: listed in {' and '.join(holding)}")


def _misworded(package: Package) -> Iterator[Defect]:
    for name in (*MANIFESTS, *TAG_MANIFESTS):
        expected = "".join(f"{known}{GAP}{path}\n" for path, known in sorted(sums_of(package, name).items()))
        if package.read(name) != expected.encode():
            yield Defect(name, "was altered: has lines in another form or order than a package")


def _declared(package: Package, found: Mapping[str, Digest]) -> Iterator[Defect]:
    if package.read(DECLARATION).decode(errors="replace") != DECLARED:
        yield Defect(DECLARATION, "does not declare BagIt 1.0 in UTF-8")
    size = sum(each.size for name, each in found.items() if name.startswith(DATA))
    expected = f"{OXUM}{size}.{len(package.payload)}"
    lines = package.read(INFO).decode(errors="replace").splitlines()
    if [line for line in lines if line.startswith(OXUM)] != [expected]:
        yield Defect(INFO, f"does not say {expected}")
