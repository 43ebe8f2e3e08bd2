"""Whose a certificate is, and what it may be used for."""

import re
import unicodedata
from collections.abc import Iterable

from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]

# Key usages that allow signing documents (RFC 5280 4.2.1.3), and those of an authority.
SIGNING = frozenset(("digital_signature", "non_repudiation"))
ISSUING = frozenset(("key_cert_sign", "crl_sign"))
# Extended key usages that allow it: S/MIME (RFC 5280), RFC 9336, Adobe's and Microsoft's. They are told by their
# numbers, since what libraries call them differs.
DOCUMENTS = frozenset(("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12"))
PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "web servers",
    "1.3.6.1.5.5.7.3.2": "logging in",
    "1.3.6.1.5.5.7.3.3": "signing programs",
    "1.3.6.1.5.5.7.3.8": "timestamps",
    "1.3.6.1.5.5.7.3.9": "telling what was revoked",
    "2.5.29.37.0": "anything at all",
}
FINGERPRINT = re.compile(r"(?:sha-?256(?: fingerprint)?[:= ]?)?((?:[0-9a-f]{2}[: ]?){31}[0-9a-f]{2})", re.IGNORECASE)


def name_of(certificate: Certificate) -> str:
    parts = certificate.subject.native
    return str(parts.get("common_name") or parts.get("organization_name") or certificate.subject.human_friendly)


def unfit_purpose(certificate: Certificate) -> str:
    """What a certificate is made for, if not for signing documents. Empty when it may sign them: when it states no
    purpose, or one of those."""
    uses = frozenset(certificate.key_usage_value.native if certificate.key_usage_value else ())
    if certificate.ca or uses & ISSUING:
        return "issuing certificates"
    if certificate.key_usage_value is not None and not uses & SIGNING:
        return ", ".join(sorted(uses)) or "nothing"
    extended = certificate.extended_key_usage_value
    purposes = [each.dotted for each in extended] if extended is not None else []
    if extended is None or DOCUMENTS.intersection(purposes):
        return ""
    return ", ".join(sorted(PURPOSES.get(each, each) for each in purposes))


def is_named(certificate: Certificate, names: Iterable[str]) -> bool:
    """Return whether one of these names means this certificate. A name is the whole common name or the whole
    organisation, or the SHA-256 of the certificate. A part of a name is none: somebody else may have it in a longer
    one."""
    parts = certificate.subject.native
    own = {_plain(each) for key in ("common_name", "organization_name") if isinstance(each := parts.get(key), str)}
    digest = certificate.sha256.hex()
    return any(_fingerprint(each) == digest if _fingerprint(each) else _plain(each) in own for each in names)


def _fingerprint(name: str) -> str:
    """The SHA-256 that a name is, in small letters without signs."""
    found = FINGERPRINT.fullmatch(name.strip())
    return found[1].replace(":", "").replace(" ", "").lower() if found else ""


def _plain(name: str) -> str:
    """A name without what two ways of writing it differ in."""
    return " ".join(unicodedata.normalize("NFC", name).split())
