"""Attach files to a PDF in the way of PDF/A-3. They are associated with the document, with relationship, type and
dates."""

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from reporter.document.document import Attachment

# Midnight of the day, in UTC: the dates of the files belong to the edition and do not know the clock.
DATE = "D:{day}000000Z"


def attach(pdf: Pdf, attachments: Iterable[Attachment]) -> None:
    """Put files into a PDF, sorted by name. Readers list them by name; they are associated with the document as a
    whole."""
    files = {each.name: _specify(pdf, each) for each in sorted(attachments)}
    if not files:
        return
    names = pdf.Root.get(Name.Names, Dictionary())
    pairs = [part for name, file in files.items() for part in (String(name), file)]
    names.EmbeddedFiles = Dictionary(Names=Array(pairs))
    pdf.Root.Names = names
    # ISO 19005-3, 6.8: files are associated with the document or a part of it.
    pdf.Root.AF = Array([*pdf.Root.get(Name.AF, Array()), *files.values()])


def _specify(pdf: Pdf, each: Attachment) -> Object:
    # ISO 19005-3, 6.8: media type, names in F and UF (as ISO 14289-1, 7.11, has it) and relationship.
    day = String(DATE.format(day=each.date.replace("-", "")))
    content = Stream(pdf, each.content)
    content.Type = Name.EmbeddedFile
    content.Subtype = Name("/" + each.media_type)
    content.Params = Dictionary(Size=len(each.content), CreationDate=day, ModDate=day)
    file = pdf.make_indirect(content)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(each.name),
            UF=String(each.name),
            Desc=String(each.description),
            AFRelationship=Name("/" + each.relationship),
            EF=Dictionary(F=file, UF=file),
        )
    )
