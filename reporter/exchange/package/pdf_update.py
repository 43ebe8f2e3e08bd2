"""Find what signing added to a PDF: an update at its end (ISO 32000-1, 7.5.6), which could change every page."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reporter.editions.audit.read_figures import MalformedFileError
from reporter.editions.audit.read_pdf import opened

# Additions to the catalogue, a form and the field of a signature; another field could be visible.
ADDED = frozenset(("/AcroForm", "/DSS", "/Extensions", "/Version"))
NOTES, WRITER = frozenset(("/Annots",)), frozenset(("/Producer", "/ModDate"))
FORM = frozenset(("/Fields", "/SigFlags"))
FIELD = frozenset(("/F", "/FT", "/P", "/Rect", "/Subtype", "/T", "/TU", "/Type", "/V"))


def signing_flaw(before: bytes, signed: bytes) -> str:
    """What was appended to a PDF other than signatures without appearance; empty for nothing."""
    try:
        with opened(before) as old, opened(signed) as new:
            return next(_flaws(old, new), "")
    except MalformedFileError as problem:
        return str(problem)


def _flaws(old: pikepdf.Pdf, new: pikepdf.Pdf) -> Iterator[str]:
    form = new.Root.get(Name.AcroForm, Dictionary())
    fields = list(form.get(Name.Fields, Array()))
    if not fields or set(form.keys()) - FORM or Name.AcroForm in old.Root:
        yield "has something behind its end that is no signature"
    if any(set(field.keys()) - FIELD or field.get(Name.FT) != Name.Sig or not field.is_indirect for field in fields):
        yield "has a field behind its end that is no signature alone"
    if _without(old.Root, ADDED) != _without(new.Root, ADDED):
        yield "its catalogue was changed when it was signed"
    field_ids = {field.objgen for field in fields}
    for number, (page, again) in enumerate(zip(old.pages, new.pages, strict=False), 1):
        notes = [note for note in again.obj.get(Name.Annots, Array()) if note.objgen not in field_ids]
        same = [*map(_written, page.obj.get(Name.Annots, Array()))] == [*map(_written, notes)]
        if not same or _without(page.obj, NOTES) != _without(again.obj, NOTES):
            yield f"page {number} was changed when it was signed"
    if _without(old.docinfo, WRITER) != _without(new.docinfo, WRITER):
        yield "its title, author or subject was changed when it was signed"
    # A program that signs writes itself into the metadata.
    exempt_ids = {old.Root.objgen, old.docinfo.objgen, *(old_page.obj.objgen for old_page in old.pages)}
    exempt_ids |= {old.Root[Name.Metadata].objgen} if Name.Metadata in old.Root else set()
    exempt_ids |= {old_page.obj[Name.Annots].objgen for old_page in old.pages if Name.Annots in old_page.obj}
    for part in old.objects:
        if part.objgen not in exempt_ids and _content(part) != _content(new.get_object(part.objgen)):
            yield "something in it was changed when it was signed"


def _without(holder: Any, names: frozenset[str]) -> dict[str, object]:
    return {name: _written(value) for name, value in holder.items() if name not in names}


def _written(part: Any) -> object:
    """A part of a PDF as written, with its stream if any, without the parts that it refers to."""
    if isinstance(part, pikepdf.String):
        return str(part)
    return part.unparse() if isinstance(part, pikepdf.Object) else part


def _content(part: Any) -> object:
    if isinstance(part, Stream):
        return part.stream_dict.unparse(resolved=True), part.read_raw_bytes()
    return part.unparse(resolved=True) if isinstance(part, pikepdf.Object) else part
