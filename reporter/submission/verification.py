"""Verify a package that was received, by a list of checks."""

import hashlib
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
    SEAL,
    TAG_MANIFESTS,
    TAGS,
    Digest,
    digest_of,
)
from reporter.submission.package import Package, identifier_of
from reporter.submission.repacked_zip import ReceivedPackage, names_another, received_package
from reporter.submission.result import Defect, PackageError, Result, Verdict, result_of
from reporter.submission.zip_format import central_directory, local_header

ARCHIVE = "archive"
GAP = "  "
OXUM = "Payload-Oxum: "


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    look: Callable[[Package], Result]


def verify(path: Path, checks: Sequence[Check]) -> tuple[Result, ...]:
    """Make each check of a package, in order. When its ZIP may not be opened, none is made: their verdict is
    `UNCHECKED`. One that was packed again on its way is looked at as it was sent; the remarks say so."""
    try:
        with received_package(path) as received:
            results = tuple(each.look(received.package) for each in checks)
            return _arrived(path, received, results), *results
    except PackageError as problem:
        unmade = (Result(each.name, Verdict.UNCHECKED) for each in checks)
        return result_of(ARCHIVE, (), problem.defects), *unmade


def _arrived(path: Path, received: ReceivedPackage, results: Sequence[Result]) -> Result:
    """The result for the ZIP as it came."""
    package = received.package
    seen = [f"{package.root}, files: {len(package.payload)}", *received.remarks]
    whole = any(each.check == CHECKSUMS.name and each.verdict is Verdict.PASSED for each in results)
    if received.sha256 and whole and not received.defects:
        seen.append(
            f"as the sender packed it, its SHA-256 is, to be held against what the sender says: {received.sha256}"
        )
    defects = list(received.defects)
    named = identifier_of(package.read(INFO).decode(errors="replace")) or package.root
    if names_another(path.stem, named):
        defects.append(Defect(path.name, f"this file has the name of another package than {named}, which it is"))
    return result_of(ARCHIVE, tuple(seen), tuple(defects))


def check_checksums(package: Package) -> Result:
    """Check every file against the manifests, by both algorithms. Every file must be listed, present and unaltered:
    complete and valid by RFC 8493 3."""
    packed = hashlib.sha256()
    found = {name: digest_of(_read_hashing(package, name, packed.update)) for name in package.names}
    packed.update(_unsigned_ending(package))
    defects = (
        *_altered(package, found),
        *_unlisted(package, MANIFESTS, package.payload),
        *_unlisted(package, TAG_MANIFESTS, TAGS),
        *_misworded(package),
        *_declared(package, found),
    )
    wrong = {each.file for each in defects}
    right = (
        f"right: {sum(name not in wrong for name in found)}" if defects else f"as packed: sha256 {packed.hexdigest()}"
    )
    return result_of(CHECKSUMS.name, (f"{' and '.join(ALGORITHMS)}, files: {len(found)}", right), defects)


CHECKSUMS = Check("checksums", check_checksums)


def unsigned_sha256(package: Package) -> str:
    """Calculate the SHA-256 that a package had before it was signed. Packing the same files again gives this one."""
    seen = hashlib.sha256()
    for name in package.names:
        for _ in _read_hashing(package, name, seen.update):
            pass
    seen.update(_unsigned_ending(package))
    return seen.hexdigest()


def _read_hashing(package: Package, name: str, update: Callable[[bytes], object]) -> Iterator[bytes]:
    """Read a file in pieces, and hash its bytes in the package. `update` is given its header and its data; of the seal
    nothing, which is added after packing."""
    if name == SEAL:
        yield from package.pieces(name)
        return
    update(local_header(package.entry(name)))
    for piece in package.pieces(name):
        update(piece)
        yield piece


def _unsigned_ending(package: Package) -> bytes:
    return central_directory([package.entry(name) for name in package.names if name != SEAL])


def sums_of(package: Package, name: str) -> Mapping[str, str]:
    lines = package.read(name).decode(errors="replace").splitlines()
    return {path or line: known for line, (known, _, path) in ((line, line.partition(GAP)) for line in lines)}


def _altered(package: Package, found: Mapping[str, Digest]) -> Iterator[Defect]:
    manifests = zip(MANIFESTS, TAG_MANIFESTS, strict=True)
    listed = [{**sums_of(package, tag), **sums_of(package, data)} for data, tag in manifests]
    for name, digest in found.items():
        entry = package.entry(name)
        differing = [
            algorithm
            for algorithm, known, seen in zip(ALGORITHMS, listed, digest.sums, strict=True)
            if known.get(name, seen) != seen
        ]
        if (digest.size, digest.crc) != (entry.size, entry.crc):
            differing.append("CRC-32")
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
    """Find manifests with anything but a line for each file, in order."""
    for name in (*MANIFESTS, *TAG_MANIFESTS):
        expected = "".join(f"{known}{GAP}{path}\n" for path, known in sorted(sums_of(package, name).items()))
        if package.read(name) != expected.encode():
            yield Defect(name, "was altered: has lines in another form or order than a package")


def _declared(package: Package, found: Mapping[str, Digest]) -> Iterator[Defect]:
    """Compare the package with its bag declaration and Payload-Oxum."""
    if package.read(DECLARATION).decode(errors="replace") != DECLARED:
        yield Defect(DECLARATION, "does not declare BagIt 1.0 in UTF-8")
    named = identifier_of(package.read(INFO).decode(errors="replace"))
    if named != package.root:
        yield Defect(package.root, f"this folder has another name than the package in it: {named or 'none'}")
    size = sum(each.size for name, each in found.items() if name.startswith(DATA))
    expected = f"{OXUM}{size}.{len(package.payload)}"
    lines = package.read(INFO).decode(errors="replace").splitlines()
    if [line for line in lines if line.startswith(OXUM)] != [expected]:
        yield Defect(INFO, f"does not say {expected}")
