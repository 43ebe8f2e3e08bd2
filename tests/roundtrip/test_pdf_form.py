"""A PDF has the few forms that ours have; whatever else could lie over a page, or behind it, is told."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from reporter.roundtrip.active_parts import pdf_flaws
from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.text.same_text import text_differences
from tests.authority import authority
from tests.roundtrip.forging import PAGE, PDF, Files, rewritten
from tests.submission.signature.signed import sign_with


def test_the_documents_of_a_package_have_the_form_of_ours_signed_or_not(files: Files, tmp_path) -> None:
    names = [name for name in files if name.endswith(".pdf")]
    assert {PDF, "XX-2020-office-letter.pdf"} < set(names)
    assert [] == [flaw for name in names for flaw in pdf_flaws(files[name])]
    (tmp_path / "a.pdf").write_bytes(files[PDF])
    with authority(tmp_path) as made:
        sign_with(made, tmp_path / "a.pdf", tmp_path / "signed.pdf")
    signed = (tmp_path / "signed.pdf").read_bytes()
    assert [] == list(pdf_flaws(signed))
    assert [] == list(text_differences(signed, files[PAGE]))
    assert attached_files(files[PDF]) == attached_files(signed)


def annotation(**members: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Rect=Array([0, 0, 600, 800]), **members)


def annotated(**members: object):
    return lambda pdf: pdf.pages[3].obj.__setitem__("/Annots", Array([pdf.make_indirect(annotation(**members))]))


def form(pdf: Pdf) -> None:
    field = pdf.make_indirect(annotation(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("27")))
    pdf.pages[3].obj["/Annots"] = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)


def two_streams(pdf: Pdf) -> None:
    white = pdf.make_stream(b"q 1 1 1 rg 0 0 600 800 re f Q")
    pdf.pages[3].obj.Contents = Array([pdf.pages[3].obj.Contents, white])


def layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    pdf.pages[3].obj.Resources.Properties = Dictionary(l=group)


def further_file(pdf: Pdf) -> None:
    file = pikepdf.AttachedFileSpec(pdf, b"false", filename="b.csv").obj
    pdf.pages[3].obj.AF = Array([pdf.make_indirect(file)])


def roles(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Artifact)


def words_instead(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[0].ActualText = String("27")


def opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[3].obj, Name.Fit])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (annotated(Subtype=Name.FreeText), ["page 4 what no PDF of ours has: an annotation Free"]),
        (annotated(Subtype=Name.Stamp), ["an annotation Stamp"]),
        (annotated(Subtype=Name.Link, AP=Dictionary()), ["in a link on page 4 what no PDF of ours has: AP"]),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("b.pdf"))), ["a link that does GoToR"]),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("file:///etc"))), ["does URI file:///etc"]),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:a"))), ["URI javascript:a"]),
        (form, ["in its form what no PDF of ours has: NeedAppearances",
                "in its form what no PDF of ours has: a field of a form"]),
        (two_streams, ["is drawn on page 4 in several streams, and a page of ours in one"]),
        (layer, ["in its catalogue what no PDF of ours has: OCProperties",
                 "on page 4 what no PDF of ours has: Properties"]),
        (further_file, ["on page 4 what no PDF of ours has: AF",
                        "has files attached that its list of attachments does not have"]),
        (roles, ["in its tags what no PDF of ours has: RoleMap"]),
        (words_instead, ["has what no PDF of ours has: ActualText"]),
        (opening, ["in its catalogue what no PDF of ours has: OpenAction"]),
    ],
)  # fmt: skip
def test_what_ours_never_have_is_told(files: Files, change, said: list[str]) -> None:
    found = " ".join(pdf_flaws(rewritten(files[PDF], change)))
    assert said == [each for each in said if each in found], found


def test_what_is_written_after_its_end_is_told(files: Files) -> None:
    pdf = files[PDF]
    said = "has something written after its end"
    assert said in list(pdf_flaws(pdf + b"1 0 obj <</Length 0>> endobj\n"))
    # An update, as a program that edits writes it.
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, number = opened.Root.objgen[0], len(opened.objects) + 1
    place, before = len(pdf), pdf[:-6].split()[-1]
    update = b"%d 0 obj\n<<>>\nendobj\n" % number
    heads = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, place)
    trailer = b"<</Size %d /Root %d 0 R /Prev %s>>\n" % (number + 1, root, before)
    update += heads + trailer + b"startxref\n%d\n%%%%EOF\n" % (place + len(update))
    assert said in list(pdf_flaws(pdf + update))
    assert "does not begin as a PDF does" in list(pdf_flaws(b"MZ" + pdf))
