"""Read signatures: by whom, when, trusted or not, changed since or not."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.generic import Reference
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

from reporter.submission.signature.evidence import Evidence, certificates_of, evidence_of, read_store, revocations
from reporter.submission.signature.keys import SigningKey, is_named, name_of, unfit_purpose
from reporter.submission.signature.revisions import Addition, additions, behind, end_of_pdf, end_of_signed

# What pyHanko raises on a damaged signature.
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
UNTOLD = "nothing in the file says whether its certificate, or one above it, was revoked"
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
# What a certificate may be used for is looked at here: pyHanko forgets some of it, and looks at trusted ones alone.
ANY_USE = KeyUsageConstraints(key_usage=())
COVERING = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
MINUTE = "%Y-%m-%d %H:%M %Z"

Validate = Callable[[ValidationContext, ValidationContext], StandardCMSSignatureStatus]


@dataclass(frozen=True, slots=True)
class Trust:
    """The root certificates to trust, and the moment of reading. `signers` name those whose certificates are meant;
    left out, any under a root is."""

    roots: tuple[Certificate, ...]
    moment: datetime
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: who signed when, and whether it can be trusted. `claimed` is the time that the signer states,
    `stamped` that of the timestamp (RFC 3161) by `stamper`. `intact`: what was signed is unchanged. `whole`: nothing
    stands in the file that was not signed, but evidence for later readers. `doubt` tells why it is not trusted. `unfit`
    is what the certificate is made for, if not for signing documents; `expected`: it is one of those that were named.
    `added` is what was written into the file afterwards, `remarks` what a reader should know besides."""

    name: str
    issuer: str
    claimed: datetime | None
    stamped: datetime | None
    stamper: str
    intact: bool
    trusted: bool
    doubt: str = ""
    unfit: str = ""
    expected: bool = True
    added: tuple[Addition, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return all(each.allowed for each in self.added)


@dataclass(frozen=True, slots=True)
class _DocumentStamp:
    """A timestamp of a whole PDF, and where it stands. `proves` is the moment until which certificates under it must
    have been valid."""

    revision: int
    place: Reference
    proves: datetime
    told: Addition


@dataclass(frozen=True, slots=True)
class _Judgement:
    status: StandardCMSSignatureStatus
    remarks: tuple[str, ...] = ()
    revoked: str = ""


UNREAD = Signature(
    name="",
    issuer="",
    claimed=None,
    stamped=None,
    stamper="",
    intact=False,
    trusted=False,
    doubt="it cannot be read",
    added=(Addition("nothing in it can be read"),),
)


def read_pdf(path: Path, trust: Trust) -> tuple[Signature, ...]:
    """Read the signatures of a PDF, the oldest first. A PDF that cannot be read gives one signature that cannot be
    read."""
    content = path.read_bytes()
    # What stands behind the end may keep the rest from being read.
    for end in dict.fromkeys((end_of_pdf(content), end_of_signed(content))):
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
        return _signature(_judged(validate, trust, evidence_of(signed), trust.moment), trust)
    except UNREADABLE:
        return UNREAD


def doubt_of_key(key: SigningKey, trust: Trust) -> str:
    """Why a reader would not accept what a key signs. Empty when they would."""
    certificate = key.signer.signing_cert
    if certificate is None or (trust.signers and not is_named(certificate, trust.signers)):
        return f"it is that of {key.name}"
    if not trust.roots:
        return ""
    context = _context(trust, trust.moment, Evidence(tuple(key.signer.cert_registry)))
    return "" if _has_path(certificate, context) else f"the certificate of {key.name} leads to none of its roots"


def _embedded(content: bytes, more: int, trust: Trust) -> Iterator[Signature]:
    reader = PdfFileReader(BytesIO(content))
    signers = [each for found in reader.embedded_signatures for each in certificates_of(found.signed_data)]
    store = read_store(reader) or Evidence()
    evidence = replace(store, certificates=(*store.certificates, *signers))
    stamps = tuple(_document_stamps(reader, trust, evidence))
    for each in reader.embedded_regular_signatures:
        until = min((stamp.proves for stamp in stamps if stamp.revision > each.signed_revision), default=trust.moment)
        judged = _judged(_validator(each), trust, evidence, until)
        added = (*additions(each, signers, {stamp.place: stamp.told for stamp in stamps}), *behind(more))
        yield _signature(judged, trust, added)


def _document_stamps(reader: PdfFileReader, trust: Trust, evidence: Evidence) -> Iterator[_DocumentStamp]:
    """Read the timestamps of a whole document, the newest first. One that is trusted proves that what it covers was
    there: the certificates under it must have been valid then."""
    until = trust.moment
    for each in reversed(reader.embedded_timestamp_signatures):
        # The certificate must have been valid until then, and when it stamped nobody had revoked it.
        now = validate_pdf_timestamp(each, _context(trust, until, Evidence()), skip_diff=True)
        then = validate_pdf_timestamp(each, _context(trust, now.timestamp, evidence), skip_diff=True)
        sound = now.intact and now.valid and now.coverage in COVERING
        if sound and now.trusted and then.trusted:
            until = min(until, now.timestamp)
        doubt = "" if now.trusted and then.trusted else f", not trusted: {_doubt(now if then.trusted else then, trust)}"
        words = f"a document timestamp of {now.timestamp:{MINUTE}} by {name_of(now.signing_cert)}{doubt}"
        yield _DocumentStamp(
            revision=each.signed_revision,
            place=each.sig_field.raw_get("/V").reference,
            proves=until,
            told=Addition(words if sound else "a document timestamp that does not fit", allowed=sound),
        )


def _validator(embedded: EmbeddedPdfSignature) -> Validate:
    def validate(signer: ValidationContext, stamper: ValidationContext) -> StandardCMSSignatureStatus:
        return validate_pdf_signature(embedded, signer, stamper, key_usage_settings=ANY_USE, skip_diff=True)

    return validate


def _judged(validate: Validate, trust: Trust, evidence: Evidence, until: datetime) -> _Judgement:
    """Validate a signature as of its trusted timestamp, else as of now. A claimed time proves nothing. The certificate
    of the timestamp authority must have been valid `until` then: now, or when the whole document was stamped. What
    authorities said later counts too, by the day they say."""

    def at(moment: datetime, known: Evidence) -> StandardCMSSignatureStatus:
        signer, stamper = (_context(trust, moment, known) for _ in range(2))
        return validate(signer, stamper)

    stamp = at(until, Evidence()).timestamp_validity
    if stamp and stamp.valid and stamp.trusted:
        status = at(stamp.timestamp, evidence)
        if status.timestamp_validity and status.timestamp_validity.trusted:
            return _with_revocation(status, trust, stamp.timestamp, evidence)
    return _with_revocation(at(trust.moment, evidence), trust, trust.moment, evidence)


def _with_revocation(
    status: StandardCMSSignatureStatus, trust: Trust, moment: datetime, evidence: Evidence
) -> _Judgement:
    if not trust.roots or not status.trusted or status.validation_path is None:
        return _Judgement(status)
    chain = status.validation_path.iter_certs(include_root=False)
    told = [(when, each) for each in chain for when in _revoked(each, status.signing_cert, trust, evidence)]
    if told:
        when, certificate = min(told, key=lambda each: each[0])
        whose = (
            "its certificate" if certificate == status.signing_cert else f"the certificate of {name_of(certificate)}"
        )
        words = f"{whose} was revoked on {when:{MINUTE}}"
        return (
            _Judgement(status, (f"{words}, after it was signed",)) if when > moment else _Judgement(status, (), words)
        )
    context = _context(trust, moment, evidence, revocation="require")
    return _Judgement(status, () if _has_path(status.signing_cert, context) else (UNTOLD,))


def _revoked(certificate: Certificate, leaf: Certificate, trust: Trust, evidence: Evidence) -> Iterator[datetime]:
    """When the authority of a certificate says that it was revoked. Each piece of evidence is asked alone: others may
    say that all was well, before or after. What somebody else signed says nothing."""
    for when, alone in revocations(certificate, evidence):
        context = _context(trust, when + timedelta(seconds=2), alone)
        try:
            asyncio.run(CertificateValidator(leaf, validation_context=context).async_validate_path())
        except RevokedError:
            yield when
        except (PathError, ValidationError):
            continue


def _has_path(certificate: Certificate, context: ValidationContext) -> bool:
    try:
        asyncio.run(CertificateValidator(certificate, validation_context=context).async_validate_path())
    except (PathError, ValidationError):
        return False
    return True


def _context(trust: Trust, moment: datetime, evidence: Evidence, revocation: str = "soft-fail") -> ValidationContext:
    """What pyHanko validates by; it asks nothing of the network."""
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


def _signature(judged: _Judgement, trust: Trust, added: tuple[Addition, ...] = ()) -> Signature:
    status = judged.status
    stamp = status.timestamp_validity
    sound = stamp is not None and stamp.valid and stamp.intact
    unfit = unfit_purpose(status.signing_cert)
    trusted = status.trusted and not unfit and not judged.revoked
    doubt = f"{UNFIT}, but for: {unfit}" if unfit and trust.roots else judged.revoked or _doubt(status, trust)
    return Signature(
        name=name_of(status.signing_cert),
        issuer=str(status.signing_cert.issuer.human_friendly),
        claimed=status.signer_reported_dt,
        stamped=stamp.timestamp if stamp and sound else None,
        stamper=name_of(stamp.signing_cert) if stamp and sound else "",
        intact=status.intact and status.valid,
        added=added,
        trusted=trusted,
        doubt="" if trusted else doubt,
        unfit=unfit,
        expected=not trust.signers or is_named(status.signing_cert, trust.signers),
        remarks=judged.remarks,
    )


def _doubt(status: SignatureStatus, trust: Trust) -> str:
    if not trust.roots:
        return NO_ROOT
    problem = str(getattr(status.trust_problem_indic, "name", "it is not intact"))
    return REASONS.get(problem, problem.lower().replace("_", " "))
