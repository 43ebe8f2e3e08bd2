"""Stricter rules than pyHanko's for the parts of a PDF that a signature does not cover. A change of a signed file is a
further revision behind it. pyHanko's policy judges each one, and accepts evidence and document timestamps. It would
also accept what a reader could take for the signer's, which is refused here:

- new metadata (XMP, Info) and values of fields, which are shown as the sender's;
- a second signature, or a field that is visible or active, because the office signs once;
- unreferenced objects, and evidence that is none, is empty, was removed or is unrelated to the signature, because
  anything could be stored there;
- bytes outside objects, because a program that repairs files could see another page there."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from asn1crypto.core import Asn1Value  # type: ignore[import-untyped]
from asn1crypto.parser import peek  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.generic import Reference, read_object
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DSSCompareRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.errors import PSSParameterMismatch
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from reporter.exchange.signature.evidence import Evidence, basic_answer, read_store, told_by

EVIDENCE = ModificationLevel.LTA_UPDATES
POLICY = StandardDiffPolicy(
    [
        CatalogModificationRule(frozenset(("/AcroForm", "/DSS"))),  # type: ignore[no-untyped-call]
        *(rule.as_qualified(EVIDENCE) for rule in (XrefStreamRule(), ObjectStreamRule(), DSSCompareRule())),
    ],
    FormUpdatingRule([SigFieldCreationRule(), SigFieldModificationRule()]),  # type: ignore[no-untyped-call]
    ignore_orphaned_objects=False,
    ignore_identical_objects=False,
)
# pyHanko's kinds of change, in plain words.
CHANGED = {
    r"key /Metadata|\.Root\.Metadata": "its metadata (XMP) were replaced",
    r"\.Info\b": "its title, author or dates (Info) were replaced",
    r"\.Pages\.[^ ]*Annots": "an annotation was added, changed or removed",
    r"\.Pages\.": "a page was changed",
    r"[Ff]ield|SigFlags": "its form was changed",
    r"Dict keys differ": "its catalogue was changed",
    r"DSS|VRI": "something was added that looks like evidence (DSS)",
}
NO_EVIDENCE = "something was added that is no evidence"
# The keys of a document timestamp's field; others could make it visible or active.
FIELD = frozenset(("/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"))
HEAD, TAIL = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\s*"), re.compile(rb"\s*endobj\s*")
BLANKS = b"\0\t\n\v\f\r "
END = re.compile(rb"\s*startxref\s+(\d+)\s+%%EOF(?:\r\n|\r|\n)?")
# Errors of a signature that is invalid, of an unknown kind, or not the key's.
BAD = (InvalidSignature, PSSParameterMismatch, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AssertionError)
VALIDATOR = DefaultSignatureValidator()


def flaw_behind(signature: EmbeddedPdfSignature, signers: Sequence[Certificate]) -> str:
    """Content not covered by a signature that is no evidence, or empty. `signers` are all certificates in the PDF."""
    reader, content = signature.reader, signature.pkcs7_content
    if content[peek(content) :].strip(b"\0"):
        return "bytes were added next to the signature itself"
    covered = signature.evaluate_signature_coverage()
    if covered is SignatureCoverageLevel.ENTIRE_FILE:
        return ""
    if covered is not SignatureCoverageLevel.ENTIRE_REVISION:
        return "the signature covers a part of the file only"
    judged = POLICY.review_file(reader, signature.signed_revision)
    if isinstance(judged, SuspiciousModification):
        reason = str(judged)
        return next((words for pattern, words in CHANGED.items() if re.search(pattern, reason)), NO_EVIDENCE)
    if judged.modification_level > EVIDENCE:
        return "another signature or a field was added to its form"
    end = int(signature.byte_range[2]) + int(signature.byte_range[3])
    for number in range(signature.signed_revision + 1, reader.total_revisions):
        if flaw := _flaw_of_evidence(reader, number, signers):
            return flaw
        end = _end_of_revision(reader, number, end)
        if end < 0:
            return "bytes were added that belong to nothing in it"
    return behind(reader.stream.seek(0, 2) - end)


def behind(size: int) -> str:
    """Say how many bytes follow the end of a PDF."""
    return f"{size} {'byte follows' if size == 1 else 'bytes follow'} its end" if size else ""


def _flaw_of_evidence(reader: PdfFileReader, number: int, signers: Sequence[Certificate]) -> str:
    """What a revision adds that is no evidence of a signature. It needs a timestamp, or a piece of evidence."""
    old, new = (reader.get_historical_resolver(revision) for revision in (number - 1, number))
    before, after = read_store(old), read_store(new)
    was, fields = (resolver.root["/AcroForm"]["/Fields"] for resolver in (old, new))
    references = {was.raw_get(place).reference for place in range(len(was))}
    added = [fields[place] for place in range(len(fields)) if fields.raw_get(place).reference not in references]
    if any(set(field) - FIELD or field["/V"]["/Type"] != "/DocTimeStamp" for field in added):
        return "a field was added to its form that is more than a document timestamp"
    if before.contents - after.contents:
        return "evidence in it (DSS) was removed"
    if after.flaw:
        return f"something was added that looks like evidence (DSS): {after.flaw}"
    if not added and before.contents == after.contents:
        return NO_EVIDENCE
    if before.contents != after.contents and (wrong := _strangers(after, signers)):
        return f"evidence (DSS) was added that does not belong to its signatures: {wrong}"
    return ""


def _end_of_revision(reader: PdfFileReader, number: int, at: int) -> int:
    """The end of a revision that begins at a byte; -1 unless objects without gaps, their table and its end fill it."""
    section, content = reader.xrefs.get_xref_container_info(number), reader.stream.getvalue()
    table, is_stream = section.declared_startxref, section.xref_section_type is XRefSectionType.STREAM
    if not is_stream and section.xref_section_type is not XRefSectionType.STANDARD:
        return -1
    places = {place for _, place in reader.xrefs.get_xref_data(number).standard_xrefs.values()}
    for place in (*sorted(places - {table}), table):
        if place < at or content[at:place].strip(BLANKS):
            return -1
        if place == table and not is_stream:
            # The trailer follows the table.
            at = _end_of_value(reader, section.end_location, Reference(0, 0, reader))
        else:
            head = HEAD.match(content, place)
            holder = Reference(int(head[1]), int(head[2]), reader) if head else None
            tail = TAIL.match(content, _end_of_value(reader, head.end(), holder)) if head and holder else None
            if tail is None:
                return -1
            at = tail.end()
    match = END.match(content, at)
    return match.end() if match and int(match[1]) == table else -1


def _end_of_value(reader: PdfFileReader, place: int, holder: Reference) -> int:
    content = reader.stream.getvalue()
    reader.stream.seek(len(content) - len(content[place:].lstrip(BLANKS)))
    read_object(reader.stream, holder)
    return int(reader.stream.tell())


def _strangers(evidence: Evidence, certificates: Sequence[Certificate]) -> int:
    """The number of pieces of evidence from elsewhere: not of the authorities of the signatures' `certificates`,
    of those that answer for them, or stated by these."""
    family = {certificate.sha256: certificate for certificate in certificates}
    answers = [basic_answer(answer) for answer in evidence.answers]
    # The certificates of responders, contained in their answers.
    answering = [certificate for answer in answers if answer for certificate in answer["certs"]]
    while True:
        own = list(family.values())
        new = [entry for entry in evidence.certificates if any(_issued(entry, below) for below in own)]
        new += [certificate for certificate in answering if any(_issued(above, certificate) for above in own)]
        if all(certificate.sha256 in family for certificate in new):
            break
        family |= {certificate.sha256: certificate for certificate in new}
    strange = 0
    for piece in evidence.certificates:
        # Where the named issuer is missing, nothing contradicts that it issued this.
        named = [one for one in (*own, *evidence.certificates) if one.subject == piece.issuer]
        strange += piece.sha256 not in family or (bool(named) and not any(_issued(one, piece) for one in named))
    for record in evidence.lists:
        strange += not _is_signed(record["tbs_cert_list"], record, [one for one in own if one.subject == record.issuer])
    serials = {certificate.serial_number for certificate in own}
    for response, basic in zip(evidence.answers, answers, strict=True):
        is_ours = basic is not None and not serials.isdisjoint(serial for serial, _ in told_by(response))
        strange += not (is_ours and basic and _is_signed(basic["tbs_response_data"], basic, own))
    return strange


def _issued(above: Certificate, below: Certificate) -> bool:
    return bool(above.ca) and above.subject == below.issuer and _is_signed(below["tbs_certificate"], below, [above])


def _is_signed(content: Asn1Value, signed: Asn1Value, candidates: Iterable[Certificate]) -> bool:
    """Whether one of these certificates signed a certificate, list or answer with this content."""
    name = "signature_value" if isinstance(signed, Certificate) else "signature"
    for candidate in candidates:
        with suppress(*BAD):
            signature, algorithm = signed[name].native, signed["signature_algorithm"]
            VALIDATOR.validate_signature(signature, content.dump(), candidate.public_key, algorithm)
            return True
    return False
