"""The checks of a package that read signatures."""

from collections.abc import Iterator
from pathlib import Path

from reporter.exchange.signature.reader import Signature, Trust, read_detached, read_pdf
from reporter.formats.package.bag import SEAL, SEALED
from reporter.formats.package.result import Defect, Result, Verdict, result_of
from reporter.formats.package.verification import Check, Package, temporary_copy

MINUTE = "%Y-%m-%d %H:%M %Z"
PDF = ".pdf"


def signature_checks(trust: Trust) -> tuple[Check, ...]:
    """The checks of signatures: of the manifests, and of the PDFs. `trust` are the roots that the reader trusts."""
    return (
        Check("signature", lambda package: _package(package, trust)),
        Check("signatures of PDFs", lambda package: _pdfs(package, trust)),
    )


def pdf_result(path: Path, trust: Trust) -> Result:
    return _result("signature", {path.name: read_pdf(path, trust)}, trust)


def describe(signature: Signature) -> str:
    """Describe a signature in a line: by whom, when, trusted or not."""
    if not signature.name:
        return "a signature that cannot be read"
    trust = "trusted" if signature.trusted else f"not trusted: {signature.doubt}"
    time = f"on {signature.claimed:{MINUTE}} as claimed" if signature.claimed else "at an unknown time"
    if signature.stamped:
        time = f"on {signature.stamped:{MINUTE}} as {signature.stamper} stamped"
    return f"signed by {signature.name}, {time}, {trust}"


def _package(package: Package, trust: Trust) -> Result:
    if SEAL not in package.names:
        return _result("signature", {package.path.name: ()}, trust)
    found = read_detached(package.read(SEALED), package.read(SEAL), trust)
    return _result("signature", {SEAL: (found,)}, trust)


def _pdfs(package: Package, trust: Trust) -> Result:
    """Check the signatures of the PDFs in a package. None of them need be signed; but a signature that is there must
    hold."""
    found = {}
    for name in package.payload:
        if name.casefold().endswith(PDF):
            with temporary_copy(package, name) as path:
                found[name] = read_pdf(path, trust)
    signed = {name: signatures for name, signatures in found.items() if signatures}
    if signed:
        return _result("signatures of PDFs", signed, trust)
    return Result(
        "signatures of PDFs", Verdict.ABSENT, (f"none of them is signed: {len(found)}" if found else "no PDF",)
    )


def _result(check: str, found: dict[str, tuple[Signature, ...]], trust: Trust) -> Result:
    signed = ((file, each) for file, signatures in found.items() for each in signatures)
    seen = tuple(f"{file}: {line}" for file, each in signed for line in (describe(each), *each.remarks))
    if seen and trust.roots:
        roots = "this root" if len(trust.roots) == 1 else "these roots"
        accepted = f"any certificate under {roots}, whoever it belongs to: --signer names whose is meant"
        if trust.signers:
            accepted = f"certificates of {' or '.join(trust.signers)} under {roots}"
        seen = (*seen, f"accepted: {accepted}")
    defects = tuple(
        Defect(file, message) for file, signatures in found.items() for message in _flaws(signatures, trust)
    )
    if not seen and not defects:
        return Result(check, Verdict.ABSENT, tuple(f"{file}: not signed" for file in found))
    return result_of(check, seen, defects)


def _flaws(signatures: tuple[Signature, ...], trust: Trust) -> Iterator[str]:
    """Find what is wrong with the signatures of a file. An untrusted or missing signer is wrong only when roots to
    trust were given."""
    if not signatures and (trust.roots or trust.signers):
        yield "is not signed, though a signer to trust was named"
    for each in signatures:
        if not each.name:
            yield "has a signature that cannot be read: it was damaged"
        elif not each.intact:
            yield f"the signature of {each.name} does not fit: what was signed was altered"
        elif each.flaw:
            yield f"after {each.name} signed it, {each.flaw}"
        elif each.unfit:
            yield f"the certificate of {each.name} is not made for signing documents, but for: {each.unfit}"
        elif trust.roots and not each.trusted:
            yield f"the signature of {each.name} is not trusted: {each.doubt}"
        elif not each.expected:
            yield f"is signed by {each.name}, and not by {' or '.join(trust.signers)}"
