"""Evidence for later readers: certificates, and what their authorities said of them. A PDF carries it in its document
security store (DSS, ISO 32000-2 12.8.4.3), a CMS in its own certificates and lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from asn1crypto.cms import CertificateChoices, RevocationInfoChoice, SignedData  # type: ignore[import-untyped]
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
from asn1crypto.ocsp import BasicOCSPResponse, OCSPResponse  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, Reference, StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.rw_common import PdfHandler

STORE, CERTIFICATES, LISTS, RESPONSES, SINGLY = "/DSS", "/Certs", "/CRLs", "/OCSPs", "/VRI"
T = TypeVar("T", DictionaryObject, ArrayObject, StreamObject)
# How the same are called in the part of one signature (VRI), and what else may stand there.
OF_ONE = {"/Cert": CERTIFICATES, "/CRL": LISTS, "/OCSP": RESPONSES}
BESIDE = frozenset(("/Type", "/TU", "/TS"))
# No chain of authorities needs more; whoever adds thousands wants the reader to take long.
MOST = 500
STAMP, ANSWER = "signature_time_stamp_token", "ocsp_response"
KINDS = {CERTIFICATES: Certificate, LISTS: CertificateList, RESPONSES: OCSPResponse}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, lists of revoked ones (CRL), and answers (OCSP). `places` are the objects of the PDF that hold
    them. `flaws` tell what in them is no evidence."""

    certificates: tuple[Certificate, ...] = ()
    lists: tuple[CertificateList, ...] = ()
    answers: tuple[OCSPResponse, ...] = ()
    places: frozenset[Reference] = frozenset()
    flaws: tuple[str, ...] = ()

    @property
    def contents(self) -> frozenset[bytes]:
        """The bytes of each piece of it."""
        return frozenset(each.dump() for each in (*self.certificates, *self.lists, *self.answers))


@dataclass(slots=True)
class _Found:
    pieces: dict[str, dict[bytes, object]] = field(default_factory=lambda: {key: {} for key in KINDS})
    places: set[Reference] = field(default_factory=set)
    flaws: list[str] = field(default_factory=list)


def read_store(handler: PdfHandler) -> Evidence | None:
    """Read the evidence in a PDF; None where it has no store."""
    try:
        written = handler.root.raw_get(STORE)
    except KeyError:
        return None
    found = _Found()
    store = _opened(written, found, DictionaryObject)
    for key in store:
        if key in KINDS:
            _read_pieces(key, store.raw_get(key), found)
        elif key == SINGLY:
            _read_singly(store.raw_get(key), found)
        elif key not in BESIDE:
            found.flaws.append(f"{key} in the store of evidence")
    certificates, lists, answers = (tuple(found.pieces[key].values()) for key in KINDS)
    return Evidence(
        certificates=certificates,
        lists=lists,
        answers=answers,
        places=frozenset(found.places),
        flaws=tuple(found.flaws),
    )


def evidence_of(signed: SignedData) -> Evidence:
    """Read the evidence that a CMS carries. Lists are kept as RFC 5652 says, answers as RFC 5940."""
    lists, answers = [], []
    for choice in signed["crls"] or ():
        if choice.name == "crl":
            lists.append(choice.chosen)
        elif choice.chosen["other_rev_info_format"].native == ANSWER:
            answers.append(OCSPResponse.load(choice.chosen["other_rev_info"].dump(), strict=True))
    return Evidence(tuple(certificates_of(signed)), tuple(lists), tuple(answers))


def add_evidence(signed: SignedData, evidence: Evidence) -> None:
    known = {each.sha256 for each in certificates_of(signed)}
    signed["certificates"] = [
        *signed["certificates"],
        *(CertificateChoices("certificate", each) for each in evidence.certificates if each.sha256 not in known),
    ]
    answers = [{"other_rev_info_format": ANSWER, "other_rev_info": each} for each in evidence.answers]
    lists = [RevocationInfoChoice("crl", each) for each in evidence.lists]
    if lists or answers:
        signed["crls"] = [*lists, *(RevocationInfoChoice("other", each) for each in answers)]
    if answers:
        signed["version"] = "v5"


def certificates_of(signed: SignedData) -> Iterator[Certificate]:
    for choice in signed["certificates"]:
        if choice.name == "certificate":
            yield choice.chosen
    for signer in signed["signer_infos"]:
        for attribute in signer["unsigned_attrs"]:
            if attribute["type"].native == STAMP:
                for token in attribute["values"]:
                    yield from certificates_of(token["content"])


def revocations(certificate: Certificate, evidence: Evidence) -> Iterator[tuple[datetime, Evidence]]:
    """When evidence says a certificate was revoked, each with what says so. Whether that comes from its authority is
    not looked at."""
    number = certificate.serial_number
    for found in evidence.lists:
        for each in found["tbs_cert_list"]["revoked_certificates"] if found.issuer == certificate.issuer else ():
            if each["user_certificate"].native == number:
                yield each["revocation_date"].native, Evidence(evidence.certificates, lists=(found,))
    for answer in evidence.answers:
        for serial, when in told_by(answer):
            if serial == number and when:
                yield when, Evidence(evidence.certificates, answers=(answer,))


def told_by(answer: OCSPResponse) -> Iterator[tuple[int, datetime | None]]:
    """The serial numbers that an answer tells of, and when revoked. The time is None where a certificate is good."""
    content = basic_answer(answer)
    for each in content["tbs_response_data"]["responses"] if content else ():
        status = each["cert_status"]
        revoked = status.chosen["revocation_time"].native if status.name == "revoked" else None
        yield each["cert_id"]["serial_number"].native, revoked


def basic_answer(answer: OCSPResponse) -> BasicOCSPResponse | None:
    if answer["response_status"].native != "successful":
        return None
    content = answer["response_bytes"]["response"].parsed
    return content if isinstance(content, BasicOCSPResponse) else None


def _read_singly(written: object, found: _Found) -> None:
    """Read what is kept for each signature apart (VRI)."""
    parts = _opened(written, found, DictionaryObject)
    for name in parts:
        part = _opened(parts.raw_get(name), found, DictionaryObject)
        for key in part:
            if key in OF_ONE:
                _read_pieces(OF_ONE[key], part.raw_get(key), found)
            elif key not in BESIDE or isinstance(part.raw_get(key), IndirectObject):
                found.flaws.append(f"{key} in the store of evidence")


def _read_pieces(key: str, written: object, found: _Found) -> None:
    for each in _opened(written, found, ArrayObject):
        if sum(map(len, found.pieces.values())) >= MOST:
            found.flaws.append(f"more than {MOST} pieces")
            return
        try:
            content = _opened(each, found, StreamObject).data
            piece = KINDS[key].load(content, strict=True)
            piece.native  # noqa: B018 (what is lazy is parsed)
            found.pieces[key][content] = piece
        except (ValueError, TypeError, PdfError):
            found.flaws.append(f"what is no evidence, under {key}")


def _opened(written: object, found: _Found, kind: type[T]) -> T:
    """What stands at a place. Something empty where it is of another kind, which is told."""
    if isinstance(written, IndirectObject):
        found.places.add(written.reference)
        written = written.reference.get_object()
    if type(written) is kind:
        return written
    found.flaws.append("what no store of evidence has")
    return kind()
