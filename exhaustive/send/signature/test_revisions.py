"""What was written into a PDF after it was signed: evidence for later readers, or something else."""

from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper

from reporter.exchange.signature import pdf_result, read_pdf
from reporter.formats.bagit import Verdict
from tests.authority import PASSPHRASE
from tests.send.signature.signed import MINISTRY, sign_with


class Quiet(IncrementalPdfFileWriter):
    def _update_meta(self):
        pass


@pytest.fixture(scope="module")
def signed(made, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("revisions") / "small.pdf"
    with pikepdf.new() as small:
        small.add_blank_page()
        small.pages[0].Contents = small.make_stream(b"BT ET")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[1, 1, 9, 9])
        small.pages[0].Annots = small.make_indirect([small.make_indirect(link)])
        small.docinfo["/Title"] = "Figures"
        with small.open_metadata() as metadata:
            metadata["dc:title"] = "Figures"
        small.save(path)
    return sign_with(made, path, path.with_name("signed.pdf")).path.read_bytes()


def written(before: bytes, *changes, kind=Quiet) -> bytes:
    for change in changes:
        writer = kind(BytesIO(before))
        change(writer)
        out = BytesIO()
        writer.write(out)
        before = out.getvalue()
    return before


def page(writer) -> DictionaryObject:
    return writer.root["/Pages"]["/Kids"][0]


def update(writer, holder, key, value):
    holder[NameObject(key)] = value
    writer.update_container(holder)


def xmp(writer):
    update(writer, writer.root, "/Metadata", writer.add_object(StreamObject(stream_data=b"<x/>")))


def xmp_in_place(writer):
    stream = writer.root["/Metadata"]
    stream._data = b"<x/>"
    stream._encoded_data = None
    writer.update_container(stream)


def title(writer):
    update(writer, writer.trailer["/Info"], "/Title", TextStringObject("Other figures"))


def content(writer):
    stream = page(writer)["/Contents"]
    stream._data, stream._encoded_data = b"BT (42) Tj ET", None
    writer.update_container(stream)


def rotated(writer):
    update(writer, page(writer), "/Rotate", NumberObject(90))


def note(writer):
    square = {"/Subtype": NameObject("/Square"), "/Rect": ArrayObject(map(NumberObject, (0, 0, 99, 99)))}
    added = writer.add_object(DictionaryObject({NameObject(key): value for key, value in square.items()}))
    page(writer)["/Annots"].append(added)
    writer.update_container(page(writer)["/Annots"])


def store(before: bytes = b"", **pieces):

    def change(writer):
        made = writer.root["/DSS"] if b"/DSS" in before else DictionaryObject()
        for key, contents in pieces.items():
            streams = [writer.add_object(StreamObject(stream_data=each)) for each in contents]
            old = made[f"/{key}"] if f"/{key}" in made else ArrayObject()
            kept = [old.raw_get(index) for index in range(len(old))]
            made[NameObject(f"/{key}")] = ArrayObject([*kept, *streams])
        if b"/DSS" in before:
            writer.update_container(made)
        else:
            update(writer, writer.root, "/DSS", writer.add_object(made))

    return change


def test_what_is_no_evidence_fails_and_is_told_by_its_own_name(made, signed, trust, tmp_path):
    root, other = (made.folder / "root.der").read_bytes(), (made.folder / "other.der").read_bytes()
    many = [root[:-2] + each.to_bytes(2, "big") for each in range(502)]
    square = ArrayObject(map(NumberObject, (0, 0, 99, 99)))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    field = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("x")})

    def text(writer, words: bytes):
        return writer.add_object(StreamObject(stream_data=words))

    def further_field(writer):
        fields = writer.root["/AcroForm"]["/Fields"]
        fields.append(writer.add_object(field))
        writer.update_container(fields)

    like, page_told = "something was added that looks like evidence (DSS)", "a page was changed"
    changes = {
        xmp: "its metadata (XMP) were replaced",
        xmp_in_place: "its metadata (XMP) were replaced",
        title: "its title, author or dates (Info) were replaced",
        lambda w: w.set_info(w.add_object(field)): "something was added that is no evidence",
        content: page_told,
        lambda w: update(w, page(w), "/Contents", text(w, b"BT (42) Tj ET")): page_told,
        rotated: page_told,
        note: "an annotation was added, changed or removed",
        lambda w: update(w, page(w)["/Annots"][0], "/Rect", square): "an annotation was added, changed or removed",
        lambda w: update(w, w.root, "/OpenAction", script): "its catalogue was changed",
        further_field: "its form was changed",
        lambda w: update(w, w.root["/AcroForm"], "/XX", NumberObject(1)): "its form was changed",
        lambda w: text(w, b"nobody needs this"): "something was added that is no evidence",
        store(): "something was added that is no evidence",
        store(Certs=()): "something was added that is no evidence",
        store(Certs=[b"no certificate"]): f"{like}: what is no evidence, under /Certs",
        store(CRLs=[root]): f"{like}: what is no evidence, under /CRLs",
        store(Fonts=[root]): like,
        store(Certs=many): f"{like}: more than 500 pieces",
        store(Certs=[many[0]]): "evidence (DSS) was added that does not belong to its signatures: 1",
        store(Certs=[root, other]): "evidence (DSS) was added that does not belong to its signatures: 1",
    }
    path = tmp_path / "changed.pdf"
    for change, words in changes.items():
        path.write_bytes(written(signed, change))
        assert [f"after {MINISTRY} signed it, {words}"] == [each.message for each in pdf_result(path, trust).defects]


def test_evidence_for_later_readers_passes_and_is_told(made, signed, trust, tmp_path):
    root, crl = ((made.folder / name).read_bytes() for name in ("root.der", "crl.der"))
    path = tmp_path / "later.pdf"
    path.write_bytes(written(signed, store(Certs=[root]), store(Certs=[root], CRLs=[crl])))
    result = pdf_result(path, trust)
    told = [line.partition("added after it was signed: ")[2] for line in result.details if "added" in line]
    assert (Verdict.PASSED, ["evidence for later readers"]) == (result.verdict, told)
    for again, words in (
        ({}, "evidence in it (DSS) was removed"),
        ({"CRLs": [crl]}, "something was added that is no evidence"),
    ):
        path.write_bytes(written(signed, store(Certs=[root], CRLs=[crl]), store(Certs=[root], **again)))
        assert [f"after {MINISTRY} signed it, {words}"] == [each.message for each in pdf_result(path, trust).defects]


def stamped(made, before: bytes, kind=Quiet) -> bytes:
    out = PdfTimeStamper(HTTPTimeStamper(made.tsa)).timestamp_pdf(kind(BytesIO(before)), "sha256")
    return out.getvalue()


def test_a_document_timestamp_passes_unless_something_came_with_it(made, signed, trust, tmp_path):
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped(made, signed))
    result = pdf_result(path, trust)
    told = [line for line in result.details if "a document timestamp of" in line and "by Test Clock" in line]
    assert (Verdict.PASSED, 1) == (result.verdict, len(told))
    path.write_bytes(stamped(made, signed, IncrementalPdfFileWriter))
    (found,) = read_pdf(path, trust)
    assert "its metadata (XMP) were replaced" == found.flaw


def test_a_second_signature_is_no_evidence(made, signed, trust, tmp_path):
    signer = SimpleSigner.load_pkcs12(made.key("fake"), passphrase=PASSPHRASE.encode())
    out = PdfSigner(PdfSignatureMetadata(field_name="Second"), signer).sign_pdf(Quiet(BytesIO(signed)))
    path = tmp_path / "twice.pdf"
    path.write_bytes(out.getvalue())
    first, second = read_pdf(path, trust)
    assert ("another signature or a field was added to its form", "") == (first.flaw, second.flaw)


@pytest.mark.parametrize("size", [1, 1023, 1024, 5000])
def test_no_byte_may_stand_behind_the_end(signed, trust, tmp_path, size):
    path = tmp_path / "longer.pdf"
    for more in (
        b"\n" * size,
        b"x" * size,
        b"%%EOF\n".rjust(size, b"x"),
        b"4 0 obj<</Length 0>>stream\nendstream endobj\n".ljust(size, b"%"),
    ):
        path.write_bytes(signed + more)
        (found,) = read_pdf(path, trust)
        assert found.name
        told = f"{len(more)} {'byte follows' if len(more) == 1 else 'bytes follow'} its end"
        assert (told, True) == (found.flaw, found.intact)


def test_no_byte_may_stand_between_the_objects_of_evidence(made, signed, trust, tmp_path):
    root = (made.folder / "root.der").read_bytes()
    whole = written(signed, store(Certs=[root]))
    path = tmp_path / "hidden.pdf"
    table = whole.rindex(b"xref\n", 0, whole.rindex(b"startxref"))
    hidden = b"4 0 obj (another page) endobj\n"
    changed = (
        whole[:table] + hidden + whole[table:].replace(b"%d\n%%%%EOF" % table, b"%d\n%%%%EOF" % (table + len(hidden)))
    )
    path.write_bytes(changed)
    (found,) = read_pdf(path, trust)
    assert "bytes were added that belong to nothing in it" == found.flaw


def test_what_stands_beside_the_signature_itself_is_told(signed, trust, tmp_path):
    begin = signed.index(b"/Contents <")
    end = signed.index(b">", begin)
    path = tmp_path / "beside.pdf"
    path.write_bytes(signed[: end - 8] + b"DEADBEEF" + signed[end:])
    (found,) = read_pdf(path, trust)
    assert "bytes were added next to the signature itself" == found.flaw
