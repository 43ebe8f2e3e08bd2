"""Read signatures: signer, time, trust, later changes; and the checks of a package that need them."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel, SignatureStatus, StandardCMSSignatureStatus
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

from reporter.exchange.signature.evidence import Evidence, certificates_of, evidence_of, read_store, revocations
from reporter.exchange.signature.keys import SigningKey, is_named, name_of, unfit_purpose
from reporter.exchange.signature.stricter import behind, flaw_behind
from reporter.formats.bagit.bag import SEAL, SEALED
from reporter.formats.bagit.result import Defect, Result, Verdict, result_of
from reporter.formats.bagit.verification import Check, Package, temporary_copy

# pyHanko's errors on a damaged signature.
UNREADABLE = (
    PdfError,
    SignatureValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OSError,
    RecursionError,
    AssertionError,
)
UNFIT = "its certificate is not made for signing documents"
NO_ROOT = "no root certificate was given to trust"
NOT_READ = "nothing in the file says whether its certificate, or one above it, was revoked"
REASONS = {
    "NO_CERTIFICATE_CHAIN_FOUND": "its certificate does not lead to a trusted root",
    "OUT_OF_BOUNDS_NO_POE": "its certificate was not valid at that time",
    "OUT_OF_BOUNDS_NOT_REVOKED": "its certificate was not valid at that time",
    "EXPIRED": "its certificate has expired",
    "NOT_YET_VALID": "its certificate is not valid yet",
    "REVOKED": "its certificate was revoked",
    "REVOKED_NO_POE": "its certificate was revoked",
    "REVOKED_CA_NO_POE": "the certificate of its authority was revoked",
    "CHAIN_CONSTRAINTS_FAILURE": UNFIT,
    "CRYPTO_CONSTRAINTS_FAILURE": "it uses an algorithm that is no longer safe",
}
# Key usages are checked here: pyHanko forgets some, and checks only trusted certificates.
ANY_USE = KeyUsageConstraints(key_usage=())
COVERING = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
MINUTE = "%Y-%m-%d %H:%M %Z"
COVERED = re.compile(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")
ENDING = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")

Validate = Callable[[ValidationContext, ValidationContext], StandardCMSSignatureStatus]


@dataclass(frozen=True, slots=True)
class Trust:
    """Trusted root certificates and the moment of reading. `signers` names those required; empty: any under a root."""

    roots: tuple[Certificate, ...]
    moment: datetime
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: who signed when, and whether it can be trusted. `claimed` is the signer's time, `stamped` that of
    the timestamp (RFC 3161) by `stamper`. `intact`: what was signed is unchanged. `flaw` is a later addition that is no
    evidence. `doubt` is why it is not trusted. `unfit` is the certificate's purpose, if not signing documents;
    `expected`: it is among those required. `remarks` are further facts for the reader."""

    name: str
    claimed: datetime | None = None
    stamped: datetime | None = None
    stamper: str = ""
    intact: bool = False
    trusted: bool = False
    doubt: str = ""
    unfit: str = ""
    expected: bool = True
    flaw: str = ""
    remarks: tuple[str, ...] = ()


UNREAD = Signature("", doubt="it cannot be read", flaw="nothing in it can be read")


def read_pdf(path: Path, trust: Trust) -> tuple[Signature, ...]:
    """The signatures of a PDF, oldest first; an unreadable PDF gives one unreadable signature."""
    content = path.read_bytes()
    marked = max((match.end() for match in ENDING.finditer(content)), default=len(content))
    covered = [int(match[1]) + int(match[2]) for match in COVERED.finditer(content)]
    # Bytes behind the end may make the rest unreadable.
    for end in dict.fromkeys((marked, max((size for size in covered if size <= len(content)), default=len(content)))):
        try:
            return tuple(_embedded(content[:end], len(content) - end, trust))
        except UNREADABLE:
            continue
    return (UNREAD,)


def read_detached(data: bytes, seal: bytes, trust: Trust) -> Signature:
    """Read the signature of some bytes from a detached CMS (RFC 5652)."""

    def validate(signer: ValidationContext, stamper: ValidationContext) -> StandardCMSSignatureStatus:
        return asyncio.run(async_validate_detached_cms(data, signed, signer, stamper, key_usage_settings=ANY_USE))

    try:
        signed = ContentInfo.load(seal, strict=True)["content"]
        return _signature(validate, trust, evidence_of(signed), trust.moment)
    except UNREADABLE:
        return UNREAD


def doubt_of_key(key: SigningKey, trust: Trust) -> str:
    """Why a reader would not accept a key's signature; empty if they would."""
    certificate = key.signer.signing_cert
    if certificate is None or (trust.signers and not is_named(certificate, trust.signers)):
        return f"it is that of {key.name}"
    if not trust.roots:
        return ""
    context = _context(trust, trust.moment, Evidence(tuple(key.signer.cert_registry)))
    return "" if _has_path(certificate, context) else f"the certificate of {key.name} leads to none of its roots"


def _embedded(content: bytes, more: int, trust: Trust) -> Iterator[Signature]:
    reader = PdfFileReader(BytesIO(content))
    signers = [certificate for item in reader.embedded_signatures for certificate in certificates_of(item.signed_data)]
    store = read_store(reader)
    evidence = replace(store, certificates=(*store.certificates, *signers))
    stamps = tuple(_document_stamps(reader, trust, evidence))
    for seal in reader.embedded_regular_signatures:
        later = [stamp for stamp in stamps if stamp[0] > seal.signed_revision]
        until = min((proves for _, proves, _, _ in later), default=trust.moment)
        unsound = next((words for _, _, words, is_sound in later if not is_sound), "")
        flaw = flaw_behind(seal, signers) or unsound or behind(more)
        remarks = [f"added after it was signed: {words}" for _, _, words, _ in later if not flaw]
        if not flaw and read_store(reader.get_historical_resolver(seal.signed_revision)).contents != store.contents:
            remarks.append("added after it was signed: evidence for later readers")

        def validate(
            signer: ValidationContext, stamper: ValidationContext, embedded: EmbeddedPdfSignature = seal
        ) -> StandardCMSSignatureStatus:
            return validate_pdf_signature(embedded, signer, stamper, key_usage_settings=ANY_USE, skip_diff=True)

        yield _signature(validate, trust, evidence, until, flaw, remarks)


def _document_stamps(
    reader: PdfFileReader, trust: Trust, evidence: Evidence
) -> Iterator[tuple[int, datetime, str, bool]]:
    """The timestamps of a whole document, newest first: revision, the moment until which certificates under it must
    have been valid, words, and whether it fits. A trusted one proves that what it covers existed."""
    until = trust.moment
    for stamp in reversed(reader.embedded_timestamp_signatures):
        # The certificate must have been valid until then, and not revoked when it stamped.
        now = validate_pdf_timestamp(stamp, _context(trust, until, Evidence()), skip_diff=True)
        past = validate_pdf_timestamp(stamp, _context(trust, now.timestamp, evidence), skip_diff=True)
        is_sound = now.intact and now.valid and now.coverage in COVERING
        if is_sound and now.trusted and past.trusted:
            until = min(until, now.timestamp)
        doubt = "" if now.trusted and past.trusted else f", not trusted: {_doubt(now if past.trusted else past, trust)}"
        words = f"a document timestamp of {now.timestamp:{MINUTE}} by {name_of(now.signing_cert)}{doubt}"
        yield stamp.signed_revision, until, words if is_sound else "a document timestamp that does not fit", is_sound


def _signature(
    validate: Validate, trust: Trust, evidence: Evidence, until: datetime, flaw: str = "", remarks: Iterable[str] = ()
) -> Signature:
    status, moment = _validated(validate, trust, evidence, until)
    revoked, remark = _revocation(status, trust, moment, evidence)
    stamp = status.timestamp_validity if status.timestamp_validity and status.timestamp_validity.intact else None
    stamp = stamp if stamp and stamp.valid else None
    unfit = unfit_purpose(status.signing_cert)
    trusted = status.trusted and not unfit and not revoked
    doubt = f"{UNFIT}, but for: {unfit}" if unfit and trust.roots else revoked or _doubt(status, trust)
    return Signature(
        name=name_of(status.signing_cert),
        claimed=status.signer_reported_dt,
        stamped=stamp.timestamp if stamp else None,
        stamper=name_of(stamp.signing_cert) if stamp else "",
        intact=status.intact and status.valid,
        trusted=trusted,
        doubt="" if trusted else doubt,
        unfit=unfit,
        expected=not trust.signers or is_named(status.signing_cert, trust.signers),
        flaw=flaw,
        remarks=(*((remark,) if remark else ()), *remarks),
    )


def _validated(
    validate: Validate, trust: Trust, evidence: Evidence, until: datetime
) -> tuple[StandardCMSSignatureStatus, datetime]:
    """Validate a signature as of its trusted timestamp, else as of now; a claimed time proves nothing. The timestamp
    authority's certificate must have been valid `until` then: now, or when the whole document was stamped. Later
    statements of authorities count too, by the date they state."""

    def at(moment: datetime, proof: Evidence) -> StandardCMSSignatureStatus:
        return validate(_context(trust, moment, proof), _context(trust, moment, proof))

    stamp = at(until, Evidence()).timestamp_validity
    if stamp and stamp.valid and stamp.trusted:
        status = at(stamp.timestamp, evidence)
        if status.timestamp_validity and status.timestamp_validity.trusted:
            return status, stamp.timestamp
    return at(trust.moment, evidence), trust.moment


def _revocation(
    status: StandardCMSSignatureStatus, trust: Trust, moment: datetime, evidence: Evidence
) -> tuple[str, str]:
    """Why a revoked certificate could no longer sign, and remarks on one that could. pyHanko accepts a single piece of
    evidence; here each is asked alone, since others may say that all was well, before or after."""
    if not trust.roots or not status.trusted or status.validation_path is None:
        return "", ""
    revoked_dates = []
    for certificate in status.validation_path.iter_certs(include_root=False):
        for when, alone in revocations(certificate, evidence):
            try:
                _require_path(status.signing_cert, _context(trust, when + timedelta(seconds=2), alone))
            except RevokedError:
                revoked_dates.append((when, name_of(certificate) if certificate != status.signing_cert else ""))
            except (PathError, ValidationError):
                # A statement signed by others proves nothing.
                continue
    if not revoked_dates:
        context = _context(trust, moment, evidence, revocation="require")
        return "", "" if _has_path(status.signing_cert, context) else NOT_READ
    when, name = min(revoked_dates)
    words = f"{f'the certificate of {name}' if name else 'its certificate'} was revoked on {when:{MINUTE}}"
    return ("", f"{words}, after it was signed") if when > moment else (words, "")


def _require_path(certificate: Certificate, context: ValidationContext) -> None:
    asyncio.run(CertificateValidator(certificate, validation_context=context).async_validate_path())


def _has_path(certificate: Certificate, context: ValidationContext) -> bool:
    try:
        _require_path(certificate, context)
    except (PathError, ValidationError):
        return False
    return True


def _context(trust: Trust, moment: datetime, evidence: Evidence, revocation: str = "soft-fail") -> ValidationContext:
    """The context of pyHanko's validation; it asks nothing of the network."""
    return ValidationContext(
        trust_roots=list(trust.roots),
        moment=moment,
        other_certs=evidence.certificates,
        crls=evidence.lists,
        ocsps=evidence.answers,
        allow_fetching=False,
        revocation_mode=revocation,
        retroactive_revinfo=True,
    )


def _doubt(status: SignatureStatus, trust: Trust) -> str:
    if not trust.roots:
        return NO_ROOT
    problem = str(getattr(status.trust_problem_indic, "name", "it is not intact"))
    return REASONS.get(problem, problem.lower().replace("_", " "))


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
    """A signature in one line: by whom, when, trusted or not."""
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
    return _result("signature", {SEAL: (read_detached(package.read(SEALED), package.read(SEAL), trust),)}, trust)


def _pdfs(package: Package, trust: Trust) -> Result:
    """Check the signatures of the PDFs in a package. They need not be signed, but each signature must be valid."""
    files = {}
    for name in package.payload:
        if name.casefold().endswith(PDF):
            with temporary_copy(package, name) as path:
                files[name] = read_pdf(path, trust)
    if signed := {name: signatures for name, signatures in files.items() if signatures}:
        return _result("signatures of PDFs", signed, trust)
    return Result(
        "signatures of PDFs", Verdict.ABSENT, (f"none of them is signed: {len(files)}" if files else "no PDF",)
    )


def _result(check: str, files: dict[str, tuple[Signature, ...]], trust: Trust) -> Result:
    signed = ((file, signature) for file, signatures in files.items() for signature in signatures)
    lines = tuple(f"{file}: {line}" for file, signature in signed for line in (describe(signature), *signature.remarks))
    if lines and trust.roots:
        roots = "this root" if len(trust.roots) == 1 else "these roots"
        accepted = f"any certificate under {roots}: --signer names the expected one"
        if trust.signers:
            accepted = f"certificates of {' or '.join(trust.signers)} under {roots}"
        lines = (*lines, f"accepted: {accepted}")
    defects = tuple(
        Defect(file, message) for file, signatures in files.items() for message in _flaws(signatures, trust)
    )
    if not lines and not defects:
        return Result(check, Verdict.ABSENT, tuple(f"{file}: not signed" for file in files))
    return result_of(check, lines, defects)


def _flaws(signatures: tuple[Signature, ...], trust: Trust) -> Iterator[str]:
    """Errors of a file's signatures. An untrusted or missing signer is one only when roots to trust were given."""
    if not signatures and (trust.roots or trust.signers):
        yield "is not signed, though a signer to trust was named"
    for signature in signatures:
        if not signature.name:
            yield "has a signature that cannot be read: it was damaged"
        elif not signature.intact:
            yield f"the signature of {signature.name} does not fit: what was signed was altered"
        elif signature.flaw:
            yield f"after {signature.name} signed it, {signature.flaw}"
        elif signature.unfit:
            yield f"the certificate of {signature.name} is not for signing documents but for: {signature.unfit}"
        elif trust.roots and not signature.trusted:
            yield f"the signature of {signature.name} is not trusted: {signature.doubt}"
        elif not signature.expected:
            yield f"is signed by {signature.name}, and not by {' or '.join(trust.signers)}"
