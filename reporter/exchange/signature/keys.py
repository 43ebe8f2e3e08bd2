"""The key that signs: its owner, and whether it may sign now."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem  # type: ignore[import-untyped]
from asn1crypto.pkcs12 import Pfx  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.signers import Signer, SimpleSigner

from reporter.data.errors import ReporterError
from reporter.data.files.file_type import read_file

# Key usages that allow signing documents (RFC 5280 4.2.1.3), and those of an authority.
SIGNING = frozenset(("digital_signature", "non_repudiation"))
ISSUING = frozenset(("key_cert_sign", "crl_sign"))
# Extended key usages that allow it: S/MIME (RFC 5280), RFC 9336, Adobe's and Microsoft's. By number, since libraries
# name them differently.
DOCUMENTS = frozenset(("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12"))
PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "web servers",
    "1.3.6.1.5.5.7.3.2": "logging in",
    "1.3.6.1.5.5.7.3.3": "signing programs",
    "1.3.6.1.5.5.7.3.8": "timestamps",
    "1.3.6.1.5.5.7.3.9": "stating revocations",
    "2.5.29.37.0": "anything at all",
}
FINGERPRINT = re.compile(r"(?:sha-?256(?: fingerprint)?[:= ]?)?((?:[0-9a-f]{2}[: ]?){31}[0-9a-f]{2})", re.IGNORECASE)


def name_of(certificate: Certificate) -> str:
    parts = certificate.subject.native
    return str(parts.get("common_name") or parts.get("organization_name") or certificate.subject.human_friendly)


def unfit_purpose(certificate: Certificate) -> str:
    """The purpose of a certificate if it is not signing documents. Empty when it states none, or one that allows it."""
    uses = frozenset(certificate.key_usage_value.native if certificate.key_usage_value else ())
    if certificate.ca or uses & ISSUING:
        return "issuing certificates"
    if certificate.key_usage_value is not None and not uses & SIGNING:
        return ", ".join(sorted(uses)) or "nothing"
    extended = certificate.extended_key_usage_value
    purposes = [purpose.dotted for purpose in extended] if extended is not None else []
    if extended is None or DOCUMENTS.intersection(purposes):
        return ""
    return ", ".join(sorted(PURPOSES.get(purpose, purpose) for purpose in purposes))


def is_named(certificate: Certificate, names: Iterable[str]) -> bool:
    """Whether one of these names is the common name or organisation of a certificate, whole, or its SHA-256."""
    parts = certificate.subject.native
    own = {_plain(part) for key in ("common_name", "organization_name") if isinstance(part := parts.get(key), str)}
    digest = certificate.sha256.hex()
    return any(_fingerprint(name) == digest if _fingerprint(name) else _plain(name) in own for name in names)


def _fingerprint(name: str) -> str:
    match = FINGERPRINT.fullmatch(name.strip())
    return match[1].replace(":", "").replace(" ", "").lower() if match else ""


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that may sign, with the name in its certificate. `uses` are the certificate's key usages for signing;
    `listed`: it names a CRL or OCSP service to ask about revocation."""

    signer: Signer
    name: str
    uses: frozenset[str]
    listed: bool


@contextmanager
def open_file(source: str, passphrase: str, moment: datetime) -> Iterator[SigningKey]:
    """Open the key in a PKCS#12 file (RFC 7292). Raises UsageError, or ReporterError if none may sign now."""
    yield opened_key(source, read_file(Path(source)), passphrase, moment)


def opened_key(source: str, content: bytes, passphrase: str, moment: datetime) -> SigningKey:
    """Open the key in a PKCS#12 file's content, called `source`. Raises ReporterError if none may sign now."""
    try:
        Pfx.load(content, strict=True).native  # noqa: B018 (what is lazy is parsed)
    except (ValueError, TypeError):
        raise ReporterError(
            f"{source} is not a PKCS#12 file", hint="a key and its certificates in one file, often named .p12 or .pfx"
        ) from None
    key, certificate, _ = _unlocked(source, content, passphrase)
    if not key or not certificate:
        lacking = "certificate" if key else "private key"
        raise ReporterError(f"{source} contains no {lacking}", hint="export the key together with its certificates")
    try:
        signer = SimpleSigner.load_pkcs12_data(content, (), passphrase.encode())
    except (ValueError, NotImplementedError):
        raise ReporterError(f"{source} contains a kind of key that cannot sign", hint="use an RSA or EC key") from None
    return signing_key(signer, moment)


def signing_key(signer: Signer, moment: datetime) -> SigningKey:
    """Make a key of a signer. Raises ReporterError if its certificate may not sign now."""
    certificate = signer.signing_cert
    if certificate is None:
        raise ReporterError("the key has no certificate", hint="store it next to the key, with the same label")
    name = name_of(certificate)
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if moment > ends:
        raise ReporterError(f"the certificate of {name} expired on {ends:{DAY}}", hint="sign with a valid one")
    if moment < begins:
        raise ReporterError(
            f"the certificate of {name} is valid only from {begins:{DAY}}", hint="check this computer's clock"
        )
    uses = frozenset(certificate.key_usage_value.native if certificate.key_usage_value else ())
    if unfit := unfit_purpose(certificate):
        raise ReporterError(
            f"the certificate of {name} is not for signing documents but for: {unfit}",
            hint="recipients refuse it: ask for one with the key usage digitalSignature or nonRepudiation, and with no "
            "extended key usage, or with documentSigning or emailProtection",
        )
    return SigningKey(signer, name, uses & SIGNING, bool(certificate.crl_distribution_points or certificate.ocsp_urls))


def load_roots(paths: tuple[Path, ...]) -> tuple[Certificate, ...]:
    """Load trusted certificates from PEM or DER files. Raises ReporterError for a file without any."""
    return tuple(root for path in paths for root in read_roots(str(path), read_file(path)))


def read_roots(source: str, content: bytes) -> Iterator[Certificate]:
    """Read the certificates in PEM or DER, called `source` in messages. Raises ReporterError where there are none."""
    try:
        blocks = [body for _, _, body in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        for block in blocks:
            root = Certificate.load(block, strict=True)
            root.native  # noqa: B018 (what is lazy is parsed)
            yield root
    except (ValueError, TypeError):
        raise ReporterError(
            f"{source} contains no certificates", hint="PEM or DER, one or more root certificates"
        ) from None


def _unlocked(source: str, content: bytes, passphrase: str) -> tuple[object, object, object]:
    """Decrypt a PKCS#12 file. The error names no secret, and hides the library's error, which might."""
    try:
        return pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError:
        raise ReporterError(
            f"{source} does not open with this passphrase", hint="type it again; capitals and spaces count"
        ) from None
