"""Read signatures: by whom, when, trusted or not, changed since or not."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from reporter.submission.signature.certificates import is_named, name_of, unfit_purpose
from reporter.submission.signature.evidence import Evidence, certificates_of, read_store
from reporter.submission.signature.keys import SigningKey
from reporter.submission.signature.revisions import Addition, additions, behind
from reporter.submission.signature.tiling import end_of_pdf

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
)
UNFIT = "its certificate is not made for signing documents"
NO_ROOT = "no root certificate was given to trust"
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

Validate = Callable[[ValidationContext, ValidationContext], StandardCMSSignatureStatus]


@dataclass(frozen=True, slots=True)
class Trust:
    """The root certificates to trust, and the moment of reading.

    `signers` name those whose certificates are meant; left out, any under a root is.
    """

    roots: tuple[Certificate, ...]
    moment: datetime
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: who signed when, and whether it can be trusted.

    `claimed` is the time that the signer states, `stamped` that of the timestamp (RFC 3161) by `stamper`. `intact`:
    what was signed is unchanged. `whole`: nothing stands in the file that was not signed, but evidence for later
    readers. `doubt` tells why it is not trusted. `unfit` is what the certificate is made for, if not for signing
    documents; `expected`: it is one of those that were named. `added` is what was written into the file afterwards.
    """

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

    @property
    def whole(self) -> bool:
        """True if only evidence was written into the file afterwards."""
        return all(each.allowed for each in self.added)


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
    """Read the signatures of a PDF, the oldest first.

    A PDF that cannot be read gives one signature that cannot be read.
    """
    content = path.read_bytes()
    try:
        return tuple(_embedded(content, trust))
    except UNREADABLE:
        return (UNREAD,)


def read_detached(data: bytes, seal: bytes, trust: Trust) -> Signature:
    """Read the signature of some bytes from a detached CMS (RFC 5652)."""

    def validate(signer: ValidationContext, stamper: ValidationContext) -> StandardCMSSignatureStatus:
        return asyncio.run(async_validate_detached_cms(data, signed, signer, stamper, key_usage_settings=ANY_USE))

    try:
        signed = ContentInfo.load(seal, strict=True)["content"]
        return _signature(_judged(validate, trust, None), trust)
    except UNREADABLE:
        return UNREAD


def doubt_of_key(key: SigningKey, trust: Trust) -> str:
    """Why a reader would not accept what a key signs.

    Empty when they would.
    """
    certificate = key.signer.signing_cert
    if certificate is None or (trust.signers and not is_named(certificate, trust.signers)):
        return f"it is that of {key.name}"
    if not trust.roots:
        return ""
    context = _context(trust, trust.moment, Evidence(tuple(key.signer.cert_registry)))
    validator = CertificateValidator(certificate, validation_context=context)
    try:
        asyncio.run(validator.async_validate_path())
    except (PathError, ValidationError):
        return f"the certificate of {key.name} leads to none of its roots"
    return ""


def _embedded(content: bytes, trust: Trust) -> Iterator[Signature]:
    end = end_of_pdf(content)
    reader = PdfFileReader(BytesIO(content[:end]))
    store = read_store(reader)
    signers = [each for found in reader.embedded_signatures for each in certificates_of(found.signed_data)]
    for each in reader.embedded_regular_signatures:
        status = _judged(_validator(each), trust, store)
        added = (*additions(each, signers), *behind(len(content) - end))
        yield _signature(status, trust, added)


def _validator(embedded: EmbeddedPdfSignature) -> Validate:
    def validate(signer: ValidationContext, stamper: ValidationContext) -> StandardCMSSignatureStatus:
        return validate_pdf_signature(embedded, signer, stamper, key_usage_settings=ANY_USE, skip_diff=True)

    return validate


def _judged(validate: Validate, trust: Trust, store: Evidence | None) -> StandardCMSSignatureStatus:
    """Validate a signature as of its trusted timestamp, else as of now.

    A claimed time proves nothing. The certificate of the timestamp authority must be valid now; the evidence in the
    file is as old as the file, so it counts as of the timestamp.
    """

    def at(moment: datetime, evidence: Evidence | None) -> StandardCMSSignatureStatus:
        signer, stamper = (_context(trust, moment, evidence) for _ in range(2))
        return validate(signer, stamper)

    stamp = at(trust.moment, None).timestamp_validity
    if stamp and stamp.valid and stamp.trusted:
        status = at(stamp.timestamp, store)
        if status.timestamp_validity and status.timestamp_validity.trusted:
            return status
    return at(trust.moment, store)


def _context(trust: Trust, moment: datetime, evidence: Evidence | None) -> ValidationContext:
    known = evidence or Evidence()
    return ValidationContext(
        trust_roots=list(trust.roots),
        moment=moment,
        other_certs=known.certificates,
        crls=known.lists,
        ocsps=known.answers,
    )


def _signature(status: StandardCMSSignatureStatus, trust: Trust, added: tuple[Addition, ...] = ()) -> Signature:
    stamp = status.timestamp_validity
    sound = stamp is not None and stamp.valid and stamp.intact
    unfit = unfit_purpose(status.signing_cert)
    trusted = status.trusted and not unfit
    return Signature(
        name=name_of(status.signing_cert),
        issuer=str(status.signing_cert.issuer.human_friendly),
        claimed=status.signer_reported_dt,
        stamped=stamp.timestamp if stamp and sound else None,
        stamper=name_of(stamp.signing_cert) if stamp and sound else "",
        intact=status.intact and status.valid,
        added=added,
        trusted=trusted,
        doubt="" if trusted else f"{UNFIT}, but for: {unfit}" if unfit and trust.roots else _doubt(status, trust),
        unfit=unfit,
        expected=not trust.signers or is_named(status.signing_cert, trust.signers),
    )


def _doubt(status: StandardCMSSignatureStatus, trust: Trust) -> str:
    if not trust.roots:
        return NO_ROOT
    problem = str(getattr(status.trust_problem_indic, "name", "it is not intact"))
    return REASONS.get(problem, problem.lower().replace("_", " "))
