"""Evidence for later readers: certificates, and their authorities' statements on them. A PDF carries it in its document
security store (DSS, ISO 32000-2 12.8.4.3), a CMS in its own certificates and lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto.cms import CertificateChoices, RevocationInfoChoice, SignedData  # type: ignore[import-untyped]
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
from asn1crypto.ocsp import BasicOCSPResponse, OCSPResponse  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.rw_common import PdfHandler

STAMP, ANSWER = "signature_time_stamp_token", "ocsp_response"
CERTIFICATES, LISTS, RESPONSES = "/Certs", "/CRLs", "/OCSPs"
KINDS = {CERTIFICATES: Certificate, LISTS: CertificateList, RESPONSES: OCSPResponse}
# Their names in the part of one signature (VRI), and what else is allowed there.
OF_ONE = {"/Cert": CERTIFICATES, "/CRL": LISTS, "/OCSP": RESPONSES}
BESIDE = frozenset(("/Type", "/TU", "/VRI"))
# No chain of authorities needs more; thousands are an attempt to slow the reader.
MOST = 500


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, revocation lists (CRL) and answers (OCSP). `flaw` describes what in a store is no evidence."""

    certificates: tuple[Certificate, ...] = ()
    lists: tuple[CertificateList, ...] = ()
    answers: tuple[OCSPResponse, ...] = ()
    flaw: str = ""

    @property
    def contents(self) -> frozenset[bytes]:
        """The bytes of each piece of it."""
        return frozenset(piece.dump() for piece in (*self.certificates, *self.lists, *self.answers))


def read_store(handler: PdfHandler) -> Evidence:
    nothing = DictionaryObject()  # type: ignore[no-untyped-call]
    try:
        store = handler.root.get("/DSS", nothing).get_object()
        parts = [store, *(entry.get_object() for entry in store.get("/VRI", nothing).get_object().values())]
        kinds = [(OF_ONE.get(key, key), value.get_object()) for part in parts for key, value in part.items()]
    except (TypeError, AttributeError, LookupError, PdfError):
        return Evidence(flaw="what no store of evidence has")
    pieces_by_kind: dict[str, dict[bytes, object]] = {key: {} for key in KINDS}
    flaw = ""
    for key, pieces in kinds:
        if key not in KINDS:
            flaw = flaw or ("" if key in BESIDE else f"{key} in the store of evidence")
            continue
        for piece in pieces:
            if sum(map(len, pieces_by_kind.values())) >= MOST:
                flaw = flaw or f"more than {MOST} pieces"
                break
            try:
                content = piece.get_object().data
                loaded = KINDS[key].load(content, strict=True)
                loaded.native  # noqa: B018 (what is lazy is parsed)
                pieces_by_kind[key][content] = loaded
            except (ValueError, TypeError, AttributeError, PdfError):
                flaw = flaw or f"what is no evidence, under {key}"
    certificates, lists, answers = (tuple(pieces_by_kind[key].values()) for key in KINDS)
    return Evidence(certificates, lists, answers, flaw)


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
    checksums = {certificate.sha256 for certificate in certificates_of(signed)}
    signed["certificates"] = [
        *signed["certificates"],
        *(CertificateChoices("certificate", entry) for entry in evidence.certificates if entry.sha256 not in checksums),
    ]
    answers = [{"other_rev_info_format": ANSWER, "other_rev_info": answer} for answer in evidence.answers]
    lists = [RevocationInfoChoice("crl", revocation_list) for revocation_list in evidence.lists]
    if lists or answers:
        signed["crls"] = [*lists, *(RevocationInfoChoice("other", answer) for answer in answers)]
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
    """When a certificate was revoked, each with the evidence; whether that comes from its authority is not checked."""
    number = certificate.serial_number
    for record in evidence.lists:
        for entry in record["tbs_cert_list"]["revoked_certificates"] if record.issuer == certificate.issuer else ():
            if entry["user_certificate"].native == number:
                yield entry["revocation_date"].native, Evidence(evidence.certificates, lists=(record,))
    for answer in evidence.answers:
        for serial, when in told_by(answer):
            if serial == number and when:
                yield when, Evidence(evidence.certificates, answers=(answer,))


def told_by(answer: OCSPResponse) -> Iterator[tuple[int, datetime | None]]:
    """The serial numbers in an answer, and when each was revoked; None for a good certificate."""
    content = basic_answer(answer)
    for response in content["tbs_response_data"]["responses"] if content else ():
        status = response["cert_status"]
        revoked = status.chosen["revocation_time"].native if status.name == "revoked" else None
        yield response["cert_id"]["serial_number"].native, revoked


def basic_answer(answer: OCSPResponse) -> BasicOCSPResponse | None:
    if answer["response_status"].native != "successful":
        return None
    content = answer["response_bytes"]["response"].parsed
    return content if isinstance(content, BasicOCSPResponse) else None
