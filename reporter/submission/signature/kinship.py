"""Whether evidence comes from the authorities of those who signed. A name proves nothing: what an authority issued or
said is known by its signature."""

from collections.abc import Collection, Iterable

from asn1crypto.algos import SignedDigestAlgorithm  # type: ignore[import-untyped]
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
from asn1crypto.ocsp import OCSPResponse  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator.errors import PSSParameterMismatch
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from reporter.submission.signature.evidence import Evidence, basic_answer, told_by

# What a signature raises that is not good, or of a kind that is not known or not that of the key.
BAD = (
    InvalidSignature,
    PSSParameterMismatch,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AssertionError,
)
VALIDATOR = DefaultSignatureValidator()


def strangers(evidence: Evidence, known: Iterable[Certificate]) -> int:
    """How many pieces of evidence come from somebody else. `known` are the certificates in the signatures. Evidence is
    that of their authorities, of who answers for these, and what they all said."""
    family = {each.sha256: each for each in known}
    # The certificates of those who answered, which are in their answers.
    contents = [content for content in map(basic_answer, evidence.answers) if content is not None]
    answering = {each.sha256: each for content in contents for each in content["certs"]}
    while True:
        own = list(family.values())
        new = [each for each in evidence.certificates if any(_issued(each, below) for below in own)]
        new += [each for each in answering.values() if any(_issued(above, each) for above in own)]
        if all(each.sha256 in family for each in new):
            break
        family |= {each.sha256: each for each in new}
    seen = (*own, *evidence.certificates)
    strange = 0
    for each in evidence.certificates:
        above = [one for one in seen if one.subject == each.issuer]
        # Where the one that it names is not there, nothing says that it did not issue this.
        if each.sha256 not in family or (above and not any(_issued(one, each) for one in above)):
            strange += 1
    return (
        strange
        + sum(not _is_list(each, own) for each in evidence.lists)
        + sum(not _is_answer(each, own) for each in evidence.answers)
    )


def _issued(above: Certificate, below: Certificate) -> bool:
    return (
        bool(above.ca)
        and above.subject == below.issuer
        and _has_signed(
            above,
            below["tbs_certificate"].dump(),
            below["signature_value"].native,
            below["signature_algorithm"],
        )
    )


def _is_list(found: CertificateList, family: Collection[Certificate]) -> bool:
    """True if one of a family made a list of revoked certificates."""
    content, signature = found["tbs_cert_list"].dump(), found["signature"].native
    return any(
        each.subject == found.issuer and _has_signed(each, content, signature, found["signature_algorithm"])
        for each in family
    )


def _is_answer(found: OCSPResponse, family: Collection[Certificate]) -> bool:
    """True if one of a family answered, about one of them."""
    basic = basic_answer(found)
    serials = {each.serial_number for each in family}
    if basic is None or serials.isdisjoint(serial for serial, _ in told_by(found)):
        return False
    content, signature = basic["tbs_response_data"].dump(), basic["signature"].native
    return any(_has_signed(each, content, signature, basic["signature_algorithm"]) for each in family)


def _has_signed(who: Certificate, content: bytes, signature: bytes, algorithm: SignedDigestAlgorithm) -> bool:
    try:
        VALIDATOR.validate_signature(signature, content, who.public_key, algorithm)
    except BAD:
        return False
    return True
