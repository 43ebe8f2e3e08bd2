"""What stands in a PDF that a signature does not cover. Whoever changes a signed PDF writes a further revision behind
it. Evidence for later readers may be added so, and nothing else; how pyHanko judges it is too kind to new metadata, and
slow."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from asn1crypto.algos import SignedDigestAlgorithm  # type: ignore[import-untyped]
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
from asn1crypto.ocsp import OCSPResponse  # type: ignore[import-untyped]
from asn1crypto.parser import peek  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, Reference, read_object
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.errors import PSSParameterMismatch
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from reporter.submission.signature.evidence import STORE, Evidence, basic_answer, read_store, told_by

END = re.compile(rb"\s*startxref\s+(\d+)\s+%%EOF(?:\r\n|\r|\n)?")
HEAD = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\s*")
TAIL = re.compile(rb"\s*endobj\s*")
BLANK, SPACE = re.compile(rb"\s*"), b"\0\t\n\f\r "
COVERED = re.compile(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")
ENDING = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")


def end_of_pdf(content: bytes) -> int:
    """Where a PDF ends: behind its last mark of an end."""
    return max((found.end() for found in ENDING.finditer(content)), default=len(content))


def end_of_signed(content: bytes) -> int:
    """Where the bytes end that the last signature says it covers."""
    found = [int(each[1]) + int(each[2]) for each in COVERED.finditer(content)]
    return max((each for each in found if each <= len(content)), default=len(content))


def end_of_revision(reader: PdfFileReader, number: int) -> int:
    section = reader.xrefs.get_xref_container_info(number)
    if section.xref_section_type is XRefSectionType.STREAM:
        place = _end_of_object(reader, section.declared_startxref)
    else:
        # The trailer follows the table.
        place = _end_of_value(reader, section.end_location, Reference(0, 0, reader))
    found = END.match(_content(reader), place) if place >= 0 else None
    return found.end() if found and int(found[1]) == section.declared_startxref else -1


def is_tiled(reader: PdfFileReader, number: int, begin: int, end: int) -> bool:
    """True if objects, their table and its end fill a revision. They stand without a gap, and each once."""
    section = reader.xrefs.get_xref_container_info(number)
    places = sorted(place for _, place in reader.xrefs.get_xref_data(number).standard_xrefs.values())
    if section.xref_section_type not in (XRefSectionType.STANDARD, XRefSectionType.STREAM) or min(begin, end) < 0:
        return False
    at = begin
    for place in (each for each in places if each != section.declared_startxref):
        if place < at or _content(reader)[at:place].strip(SPACE):
            return False
        at = _end_of_object(reader, place)
        if at < 0:
            return False
    return at <= section.declared_startxref and not _content(reader)[at : section.declared_startxref].strip(SPACE)


def _end_of_object(reader: PdfFileReader, place: int) -> int:
    content = _content(reader)
    head = HEAD.match(content, place)
    if not head:
        return -1
    tail = TAIL.match(content, _end_of_value(reader, head.end(), Reference(int(head[1]), int(head[2]), reader)))
    return tail.end() if tail else -1


def _end_of_value(reader: PdfFileReader, place: int, holder: Reference) -> int:
    space = BLANK.match(_content(reader), place)
    reader.stream.seek(space.end() if space else place)
    read_object(reader.stream, holder)
    return int(reader.stream.tell())


def _content(reader: PdfFileReader) -> bytes:
    content: bytes = reader.stream.getvalue()
    return content


# What a signature raises that is not good, or of a kind that is not known or not that of the key.
BAD = (InvalidSignature, PSSParameterMismatch, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AssertionError)
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
            above, below["tbs_certificate"].dump(), below["signature_value"].native, below["signature_algorithm"]
        )
    )


def _is_list(found: CertificateList, family: Collection[Certificate]) -> bool:
    content, signature = found["tbs_cert_list"].dump(), found["signature"].native
    return any(
        each.subject == found.issuer and _has_signed(each, content, signature, found["signature_algorithm"])
        for each in family
    )


def _is_answer(found: OCSPResponse, family: Collection[Certificate]) -> bool:
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


FORM, METADATA, INFO, ANNOTATIONS, FIELDS = "/AcroForm", "/Metadata", "/Info", "/Annots", "/Fields"
XMP = "its metadata (XMP) were replaced"
TITLE = "its title, author or dates (Info) were replaced"
PAGE = "the content of a page was changed"
NOTE = "an annotation was added, changed or removed"
# What the trailer of a revision may have of its own, beside what a stream of references has.
OWN = frozenset(("/Size", "/Prev", "/ID", "/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"))
# What the field of a document timestamp has; what else it had could be seen or could act.
FIELD = frozenset(("/FT", "/T", "/TU", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"))
DRAWN = frozenset(("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"))


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added behind a signature. `allowed`: it is evidence for later readers, that does not change what was
    signed."""

    words: str
    allowed: bool = False


@dataclass(slots=True)
class _Step:
    """A revision and the one before, and what of it is explained."""

    old: HistoricalResolver
    new: HistoricalResolver
    signers: tuple[Certificate, ...]
    stamps: Mapping[Reference, Addition]
    explained: set[Reference] = field(default_factory=set)
    found: list[Addition] = field(default_factory=list)
    pages: list[DictionaryObject] = field(default_factory=list)

    def refuse(self, words: str) -> None:
        if words not in (each.words for each in self.found):
            self.found.append(Addition(words))


def additions(
    signature: EmbeddedPdfSignature, signers: Iterable[Certificate], stamps: Mapping[Reference, Addition]
) -> tuple[Addition, ...]:
    """Tell what stands in a PDF that a signature does not cover. `signers` are the certificates in all its signatures
    and timestamps, `stamps` tell of each document timestamp by the place of it."""
    reader = signature.reader
    content = signature.pkcs7_content
    found = []
    if content[peek(content) :].strip(b"\0"):
        found.append(Addition("bytes were written beside the signature itself"))
    if signature.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return tuple(found)
    if signature.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return Addition("the signature covers a part of the file only"), *found
    end = int(signature.byte_range[2]) + int(signature.byte_range[3])
    for number in range(signature.signed_revision + 1, reader.total_revisions):
        old, new = (reader.get_historical_resolver(each) for each in (number - 1, number))
        found += _changes(_Step(old, new, tuple(signers), stamps))
        begin, end = end, end_of_revision(reader, number)
        if not is_tiled(reader, number, begin, end):
            found.append(Addition("bytes were added that belong to nothing in it"))
    size = reader.stream.seek(0, 2)
    return *found, *behind(size - end)


def behind(size: int) -> tuple[Addition, ...]:
    """Tell how many bytes stand behind the end of a PDF."""
    return (Addition(f"{size} {'byte stands' if size == 1 else 'bytes stand'} behind its end"),) if size else ()


def _changes(step: _Step) -> list[Addition]:
    new = step.new
    known = new.reader.xrefs
    section = known.get_xref_container_info(new.revision).stream_ref
    containers = {Reference(each, 0) for each in known.get_xref_data(new.revision).obj_streams_used}
    containers |= {section} if section else set()
    step.explained |= {each for each in containers if _is_new(step, each)}
    if known.refs_freed_in_revision(new.revision):
        step.refuse("a part of it was deleted")
    for key in _differing(step.old.trailer_view, new.trailer_view) - OWN:
        step.refuse(TITLE if key == INFO else f"its structure was changed ({key})")
    _compare_catalogues(step)
    _compare_stores(step)
    stamps = _compare_forms(step)
    left = known.explicit_refs_in_revision(new.revision) - step.explained
    for reference in sorted(left, key=lambda each: each.idnum):
        if not _is_new(step, reference):
            _tell_replaced(step, reference, stamps)
    if any(_is_new(step, each) for each in left) and all(each.allowed for each in step.found):
        step.refuse("something was added that is no evidence")
    return step.found


def _is_new(step: _Step, reference: Reference) -> bool:
    return step.old.is_ref_unassignable(reference)


def _compare_catalogues(step: _Step) -> None:
    for key in sorted(_differing(step.old.root, step.new.root) - {STORE, FORM}):
        step.refuse(XMP if key == METADATA else f"its catalogue was changed ({key})")
    if step.old.root_ref == step.new.root_ref:
        step.explained.add(step.new.root_ref)


def _compare_stores(step: _Step) -> None:
    old, new = read_store(step.old), read_store(step.new)
    if new is None:
        if old is not None:
            step.refuse("the evidence in it (DSS) was removed")
        return
    before = old or Evidence()
    step.explained |= {each for each in new.places if _is_new(step, each) or each in before.places}
    touched = step.explained & new.places & step.new.reader.xrefs.explicit_refs_in_revision(step.new.revision)
    if not touched and old is not None:
        return
    added = new.contents - before.contents
    if before.contents - new.contents:
        step.refuse("evidence in it (DSS) was removed")
    elif new.flaws:
        step.refuse(f"something was added that looks like evidence (DSS): {new.flaws[0]}")
    elif not added:
        step.refuse("an empty store of evidence (DSS) was added" if not new.contents else "evidence was written anew")
    elif wrong := strangers(new, step.signers):
        step.refuse(f"evidence (DSS) was added that comes from nobody who has to do with it: {wrong}")
    else:
        step.found.append(Addition(f"{_counted(new, added)}", allowed=True))


def _counted(evidence: Evidence, added: frozenset[bytes]) -> str:
    kinds = {
        "certificates": evidence.certificates,
        "lists of revoked ones (CRL)": evidence.lists,
        "answers of authorities (OCSP)": evidence.answers,
    }
    counts = {kind: sum(each.dump() in added for each in pieces) for kind, pieces in kinds.items()}
    told = ", ".join(f"{kind} {count}" for kind, count in counts.items() if count)
    return f"evidence for later readers: {told}"


def _compare_forms(step: _Step) -> frozenset[Reference]:
    """Look whether a form got document timestamps; give their fields."""
    old, new = _value(step.old.root, FORM), _value(step.new.root, FORM)
    if not isinstance(old, DictionaryObject) or not isinstance(new, DictionaryObject):
        if old is not new:
            step.refuse("a form was added or removed")
        return frozenset()
    ways = [each.root.raw_get(FORM) for each in (step.old, step.new)]
    before, after = (_listed(each, FIELDS) for each in (old, new))
    if _differing(old, new) - {FIELDS} or (isinstance(ways[0], IndirectObject) and ways[0] != ways[1]):
        step.refuse("its form was changed")
    if after[: len(before)] != before:
        step.refuse("a field of its form was removed")
    stamps = frozenset(each.reference for each in after[len(before) :] if isinstance(each, IndirectObject))
    for each in after[len(before) :]:
        _explain_stamp(step, each)
    step.explained |= {each.reference for each in ways if isinstance(each, IndirectObject)}
    step.explained |= _place(old, FIELDS) & _place(new, FIELDS)
    return stamps


def _explain_stamp(step: _Step, written: PdfObject) -> None:
    value = _opened(written)
    signed = _value(value, "/V") if isinstance(value, DictionaryObject) else None
    if (
        not isinstance(value, DictionaryObject)
        or not isinstance(signed, DictionaryObject)
        or _value(value, "/FT") != "/Sig"
    ):
        step.refuse("a field was added to its form")
    elif _value(signed, "/Type") != "/DocTimeStamp":
        step.refuse("another signature was added")
    elif not step.stamps.keys() & _place(value, "/V"):
        step.refuse("a document timestamp was added that cannot be read")
    elif set(value) - FIELD or any(_listed(value, "/Rect")):
        step.refuse("a document timestamp was added that can be seen or does something")
    else:
        step.explained |= {each for each in (*_self(written), *_place(value, "/V")) if _is_new(step, each)}
        step.found += (step.stamps[each] for each in _place(value, "/V") if each in step.stamps)


def _tell_replaced(step: _Step, reference: Reference, stamps: frozenset[Reference]) -> None:
    old, new = step.old(reference), step.new(reference)
    pages = step.pages = step.pages or list(_pages(_value(step.old.root, "/Pages"), set()))
    if isinstance(old, DictionaryObject) and _value(old, "/Type") == "/Page" and isinstance(new, DictionaryObject):
        _compare_pages(step, old, new, stamps)
    elif any(reference in _place(page, ANNOTATIONS) for page in pages):
        if not _is_grown(_items(old), _items(new), stamps):
            step.refuse(NOTE)
    elif reference in _place(step.old.root, METADATA):
        step.refuse(XMP)
    elif reference in _place(step.old.trailer_view, INFO):
        step.refuse(TITLE)
    elif any(reference in _references(page, "/Contents") for page in pages):
        step.refuse(PAGE)
    elif any(reference in _references(page, ANNOTATIONS) for page in pages):
        step.refuse(NOTE)
    else:
        step.refuse(f"an object of it was replaced ({reference.idnum} {reference.generation})")


def _compare_pages(step: _Step, old: DictionaryObject, new: DictionaryObject, stamps: frozenset[Reference]) -> None:
    differing = _differing(old, new)
    if differing & DRAWN:
        step.refuse(PAGE)
    if ANNOTATIONS in differing and not _is_grown(_listed(old, ANNOTATIONS), _listed(new, ANNOTATIONS), stamps):
        step.refuse(NOTE)
    if other := differing - DRAWN - {ANNOTATIONS}:
        step.refuse(f"a page was changed ({', '.join(sorted(other))})")
    if not differing:
        step.refuse("a page was written anew")


def _is_grown(before: list[PdfObject], after: list[PdfObject], stamps: frozenset[Reference]) -> bool:
    more = after[len(before) :]
    return after[: len(before)] == before and all(
        isinstance(each, IndirectObject) and each.reference in stamps for each in more
    )


def _differing(old: DictionaryObject, new: DictionaryObject) -> set[str]:
    return {
        str(key) for key in {*old, *new} if key not in old or key not in new or old.raw_get(key) != new.raw_get(key)
    }


def _opened(written: PdfObject) -> object:
    return written.reference.get_object() if isinstance(written, IndirectObject) else written


def _value(holder: DictionaryObject, key: str) -> object:
    """What a key leads to, wherever it stands; None without it."""
    return _opened(holder.raw_get(key)) if key in holder else None


def _listed(holder: DictionaryObject, key: str) -> list[PdfObject]:
    return _items(_value(holder, key))


def _items(value: object) -> list[PdfObject]:
    return [value.raw_get(index) for index in range(len(value))] if isinstance(value, ArrayObject) else []


def _place(holder: DictionaryObject, key: str) -> set[Reference]:
    return set(_self(holder.raw_get(key))) if key in holder else set()


def _self(written: PdfObject) -> tuple[Reference, ...]:
    return (written.reference,) if isinstance(written, IndirectObject) else ()


def _references(holder: DictionaryObject, key: str) -> set[Reference]:
    return _place(holder, key) | {each.reference for each in _listed(holder, key) if isinstance(each, IndirectObject)}


def _pages(node: object, seen: set[int]) -> Iterator[DictionaryObject]:
    if not isinstance(node, DictionaryObject) or id(node) in seen:
        return
    seen.add(id(node))
    if "/Kids" not in node:
        yield node
    for each in _listed(node, "/Kids"):
        yield from _pages(_opened(each), seen)
