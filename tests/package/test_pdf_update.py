"""What was written behind a PDF besides a signature is told."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reporter.exchange.package.pdf_update import signing_flaw
from tests.authority import Made, authority
from tests.package.forging import PDF, Files, payload
from tests.send.signature.signed import sign_with

Update = Callable[[IncrementalPdfFileWriter, DictionaryObject], object]


@pytest.fixture(scope="module")
def files(packaged) -> Files:
    return payload(packaged.package)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    with authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


def signed(made: Made, folder: Path, content: bytes) -> bytes:
    (folder / "a.pdf").write_bytes(content)
    sign_with(made, folder / "a.pdf", folder / "signed.pdf")
    return (folder / "signed.pdf").read_bytes()


def test_a_signature_changes_nothing_else(made: Made, files: Files, tmp_path: Path) -> None:
    assert "" == signing_flaw(files[PDF], signed(made, tmp_path, files[PDF]))


def drawn_over(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    over = writer.add_object(StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 800 re f Q"))
    page["/Contents"] = ArrayObject([page.raw_get("/Contents"), over])
    writer.update_container(page)


def redrawn(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    content = page["/Contents"]
    content._data = b"q Q"
    content._encoded_data = None
    writer.update_container(content)


def annotated(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    note = DictionaryObject(
        {pdf_name("/Subtype"): pdf_name("/FreeText"), pdf_name("/Contents"): TextStringObject("27")}
    )
    page["/Annots"] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def opening(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    writer.root["/OpenAction"] = DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
    writer.update_root()


def retitled(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    writer.set_info(DictionaryObject({pdf_name("/Title"): TextStringObject("Another")}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drawn_over, "page 1 was changed when it was signed"),
        (redrawn, "something in it was changed when it was signed"),
        (annotated, "page 1 was changed when it was signed"),
        (opening, "its catalogue was changed when it was signed"),
        (retitled, "its title, author or subject was changed when it was signed"),
    ],
)
def test_what_else_an_update_changes_is_told_signed_or_not(
    made: Made, files: Files, tmp_path: Path, change: Update, said: str
) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(files[PDF]))
    pages = writer.root["/Pages"]["/Kids"]
    page = pages[0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    change(writer, page)
    written = BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(files[PDF])
    assert said == signing_flaw(files[PDF], signed(made, tmp_path, written.getvalue()))
    assert "has something behind its end that is no signature" == signing_flaw(files[PDF], written.getvalue())


@pytest.mark.parametrize("more", [b"% /ByteRange [0 1 2 3]\n", b"more", b"1 0 obj <<>> endobj"])
def test_bytes_behind_the_end_are_no_signature(files: Files, more: bytes) -> None:
    assert signing_flaw(files[PDF], files[PDF] + more)
