"""What reads the files of others, each as a function of bytes, with files to begin from."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import xlsxwriter  # type: ignore[import-untyped]

from reporter.data.errors import Mark, ReporterError
from reporter.data.files.file_type import kind_of
from reporter.data.files.sources import SourceFile, Sources
from reporter.data.i18n import load_locale
from reporter.data.i18n.po_file import read_po_file
from reporter.data.read.catalogue import CATALOGUE
from reporter.data.read.dataset import load_dataset
from reporter.data.read.glotip import read_glotip
from reporter.data.read.release import add_seal, read_releases, release_text
from reporter.data.records import Dataset, Passage, Release, Vintage, vintage
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import THEMES, TOKENS, load_theme
from reporter.editions.audit.read_figures import BODY as WORD_BODY
from reporter.editions.audit.read_figures import (
    HEADS,
    MalformedFileError,
    figures_of,
    read_json,
    read_lines,
    read_printed_word,
    read_workbook,
)
from reporter.editions.audit.read_pdf import attached_files, page_texts, read_tables
from reporter.editions.checked import blocking_findings, load_checked, of_data
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.exchange.agencies.safe_office import refuse_unsafe, refuse_unsafe_word
from reporter.exchange.agencies.taking_in import read_form
from reporter.exchange.backup import read_backup
from reporter.exchange.package.package_checks import active_flaw
from reporter.exchange.package.pdf_update import signing_flaw
from reporter.exchange.publications import glotip_figures, table_figures
from reporter.exchange.publications.eurostat_figures import read_figures as read_eurostat_figures
from reporter.exchange.publications.table_workbook import tables_in
from reporter.exchange.send.receipt import receipt_of
from reporter.formats.bagit.verification import check_checksums, open_package
from reporter.formats.html.html import environment_of, fill
from reporter.formats.word.read_review import read_reviewed
from reporter.text.expression import parse
from tests import forms, small
from tests.export.extracts import EUROSTAT, MAPPED
from tests.html.pages import document, figure, table
from tests.read.published import sdmx_file, tsv_file
from tests.reconcile.invented import GOOD, catalogue
from tests.word.written import word

# What a reader may raise: it says what is wrong. Anything else is a fault.
REFUSALS = (ReporterError, MalformedFileError)
ROOT = Path(__file__).parents[2]
SHEET, BOOK, FIRST = "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
CSV = b"indicator,dimension,code,year,value,status,note\nvictims.identified,,,2019,9,given,\n"
JSON = b'{"observations": [{"indicator": "victims.identified", "code": "", "year": 2019, "value": 9}]}'
HTML = b'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><p class="a">Five<br></p></body></html>'
PO = b"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, fuzzy
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} p."
"""
IN_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# A comment on words of which some were replaced, in a table.
WORD_TEXT = (
    b"<w:document %b><w:body><w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:pPr><w:rPr>"
    b'<w:ins w:author="A"/></w:rPr></w:pPr><w:commentRangeStart w:id="1"/><w:bookmarkStart w:id="2" w:name="_p_1"/>'
    b'<w:ins w:author="A" w:date="2026-11-20T10:00:00Z"><w:r><w:t>25</w:t></w:r></w:ins><w:del w:author="A"><w:r>'
    b'<w:delText>24</w:delText></w:r></w:del><w:bookmarkEnd w:id="2"/><w:commentRangeEnd w:id="1"/></w:p></w:tc></w:tr>'
    b"</w:tbl><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>"
) % IN_WORD
COMMENTS, TEXT_OF_WORD = "word/comments.xml", "word/document.xml"
WORD_PARTS = {
    "[Content_Types].xml": b"<Types/>",
    TEXT_OF_WORD: WORD_TEXT,
    COMMENTS: b'<w:comments %b><w:comment w:id="1" w:author="A"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    b"</w:comments>" % IN_WORD,
}
TEMPLATE = b"{% macro m(n) %}{{ n * 2 }}{% endmacro %}{% for a in range(9) %}{{ m(a)|string ~ loop.index }}{% endfor %}"
MAIL = b"""From: a@b.internal
Content-Type: multipart/report; report-type=delivery-status; boundary=b
In-Reply-To: <1@b.internal>

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; unit@b.internal
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

Message-ID: <1@b.internal>
--b--
"""
TEXTS = (
    b"""# general_situation: More

carry: rest

In {{ year }}, {{ investigations.opened | at(2019) }} *of* **them**.

## Part {#part}

- a [link](https://a.b) {{ note("a") }}
- `b`

::: restricted
x
:::
<!-- c -->
""",
    b"""# general_situation

In 2020, investigations rose from 9 to 11, by a fifth, the highest since 2018; most were of sexual exploitation.
""",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What reads a file, and files to begin from."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def _edition(path: str, content: bytes) -> None:
    """Read, check and compose a small workspace in which one file is another."""
    sources = Sources.from_contents({each: text.encode() for each, text in small.FILES.items()} | {path: content})
    checked = load_checked(sources, "XX")
    data = checked.dataset.country("XX")
    is_there = data and any(each.year == 2020 for each in data.years)
    # Errors in the data are told, and nothing is made of them.
    if is_there and not of_data(blocking_findings(checked, 2020)):
        document_of(checked, Job("XX", 2020, "en"), load_locale("en"))


def _file(read: Callable[[Path], object], content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "file.zip")
        path.write_bytes(content)
        read(path)


def _expression(content: bytes) -> None:
    text = content.decode(errors="replace")
    parse(Passage(section="victims", language="en", year=2020, markdown=text, mark=Mark("a.md")))


def _package(path: Path) -> None:
    check_checksums(open_package(path))


def _pdf(content: bytes) -> None:
    attached_files(content)
    page_texts(content)
    read_tables(content)
    signing_flaw(content, content)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def _parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {each: file.read(each) for each in file.namelist()}


def _form(content: bytes) -> None:
    refuse_unsafe(content, "a.xlsx")
    read_form(content)


def _part(read: Callable[[bytes], object], parts: Mapping[str, bytes], name: str) -> Target:
    """Reads a file of which one part is another; of what is packed little that is altered would be read."""
    return Target(lambda content: read(_packed({**parts, name: content})), (parts[name],))


def _table(content: bytes) -> None:
    """Reads figures as they are taken in, by the catalogue and country of the small workspace."""
    data = _small().country("XX")
    if data:
        table_figures.read_figures(content, "table", _small().catalogue, data.country)


@cache
def _small() -> Dataset:
    sources = Sources.from_contents({each: text.encode() for each, text in small.FILES.items()})
    return load_dataset(sources, ["XX"]).dataset


def _table_workbook(content: bytes) -> None:
    refuse_unsafe(content, "a.xlsx")
    tables_in(content, "a.xlsx")


def _reviewed(content: bytes) -> None:
    refuse_unsafe_word(content, "a.docx")
    read_reviewed(content)


def _csv(content: bytes) -> None:
    figures_of(read_lines(io.StringIO(content.decode(errors="replace"), newline="")))


def _theme(content: bytes) -> None:
    load_theme(ROOT / "assets", "mine", Sources.from_contents({f"{THEMES}/mine/{TOKENS}": content}))


def _template(content: bytes) -> None:
    own = Sources.from_contents({"templates/page.html": content})
    fill(environment_of(lambda text, **_: text, Templates(ROOT / "none", own)), "page.html", {"words": ("a",)})


def _eurostat(content: bytes) -> None:
    """Reads a file of Eurostat, and what of it answers to figures here."""
    here = _mapped()
    read_eurostat_figures(content, "crim_thb_sex.tsv", here.catalogue, here.country, here)


@cache
def _mapped() -> Vintage:
    catalogue = MAPPED.replace("sources:\n", "sources:\n  e: {title: {en: E}, publisher: {en: E}, layout: eurostat}\n")
    sources = Sources.from_contents(
        {each: text.encode() for each, text in (small.FILES | {"data/catalogue.yaml": catalogue + EUROSTAT}).items()}
    )
    return vintage(load_checked(sources, "XX").dataset, "XX", 2020)


def _eurostat_seeds() -> tuple[bytes, ...]:
    rows = [("A.T.TOTAL.XX", 2020, "20", "bp", ""), ("A.F.Y_GE18.XX", 2020, "", "", "C")]
    wide = tsv_file(
        "A,T,TOTAL,XX\t20 b\t: c", "A,F,Y_GE18,XX\t:\t7.0", head="freq,sex,age,geo\\TIME_PERIOD\t2019 \t2020 "
    )
    return sdmx_file(rows, heads="freq,sex,age,geo"), wide


def _releases(content: bytes) -> None:
    read_releases(Sources.from_contents({"data/XX/editions/2020.yaml": content}), "XX", 2020)


def _pdf_seed() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["XX-2020-observations.csv"] = pikepdf.AttachedFileSpec(
            pdf, CSV, filename="XX-2020-observations.csv"
        )
        pdf.save(made, compress_streams=False)
    return made.getvalue()


def _workbook_seed() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["victims.identified", "", "", 2019, 9])
    return made.getvalue()


def _form_seed() -> bytes:
    with TemporaryDirectory() as folder:
        content = forms.form(forms.write(Path(folder)))
    return forms.filled(content, {"victims.identified": 9, "investigations.opened": "none"})


def _release_seed() -> bytes:
    named = {"country": "XX", "year": 2020, "number": 0, "date": "2021-10-18", "by": "R. P.", "program": "1.0"}
    sums = dict.fromkeys(("engines", "fonts", "inputs", "files"), (("a.b", "0" * 64),))
    release = Release(**named, **sums, code="0" * 64, mark=Mark("data/XX/editions/2020.yaml"))
    return release_text(add_seal(release)).encode()


def _texts(*names: str) -> tuple[bytes, ...]:
    return tuple(small.FILES[name].encode() for name in names)


def _imported(content: bytes) -> None:
    """What UNODC's file states, as a workspace that knows its words takes it in."""
    dataset = _importing()
    data = dataset.country("XX")
    assert data
    glotip_figures.read_figures(content, "a.csv", dataset.catalogue_of("XX"), data.country)


@cache
def _importing() -> Dataset:
    files = {path: text.encode() for path, text in small.FILES.items()} | {CATALOGUE: catalogue().encode()}
    return load_dataset(Sources.from_contents(files), ("XX",)).dataset


ZIP = _packed(
    {
        "reporter-backup/about.json": b'{"kind": "back-up of a workspace of reporter", "form": 1, "program": "1"}',
        "reporter-backup/sha256.txt": b"0" * 64 + b"  reporter.yaml\n",
        "reporter-backup/reporter.yaml": b"title: {en: T}\n",
        "mimetype": b"application/vnd.oasis.opendocument.text",
    }
)
WORKBOOK, FORM = _workbook_seed(), _form_seed()

TARGETS: Mapping[str, Target] = {
    "year": Target(partial(_edition, small.YEAR), _texts(small.YEAR, "data/XX/2019.yaml")),
    "country": Target(partial(_edition, "data/XX/country.yaml"), _texts("data/XX/country.yaml")),
    "catalogue": Target(partial(_edition, "data/catalogue.yaml"), _texts("data/catalogue.yaml")),
    "settings": Target(
        partial(_edition, "reporter.yaml"), ((small.FILES["reporter.yaml"] + small.RECIPIENTS).encode(),)
    ),
    "narrative": Target(partial(_edition, small.TEXT), (*TEXTS, *_texts(small.TEXT))),
    "expression": Target(_expression, TEXTS),
    "template": Target(_template, (TEMPLATE,)),
    "theme": Target(_theme, ((ROOT / "assets/themes/ministry" / TOKENS).read_bytes(),)),
    "messages": Target(lambda content: read_po_file(SourceFile("a.po", lambda: content), "lt"), (PO,)),
    "package": Target(partial(_file, _package), (ZIP,)),
    "backup": Target(partial(_file, read_backup), (ZIP,)),
    "kind": Target(kind_of, (ZIP, HTML)),
    "pdf": Target(_pdf, (_pdf_seed(),)),
    "csv": Target(_csv, (CSV,)),
    "json": Target(read_json, (JSON,)),
    "workbook": Target(read_workbook, (WORKBOOK,)),
    "body of a Word file": _part(read_printed_word, _parts_of(word(document(figure(), table()))), WORD_BODY),
    "form": Target(_form, (FORM,)),
    "sheet of a form": _part(_form, _parts_of(FORM), SHEET),
    "names of a form": _part(_form, _parts_of(FORM), BOOK),
    "table": Target(_table, (CSV, JSON)),
    "table of a workbook": Target(_table_workbook, (WORKBOOK,)),
    "sheet of a table": _part(_table_workbook, _parts_of(WORKBOOK), FIRST),
    "reviewed Word file": Target(_reviewed, (_packed(WORD_PARTS),)),
    "text of a reviewed Word file": _part(_reviewed, WORD_PARTS, TEXT_OF_WORD),
    "comments of a reviewed Word file": _part(_reviewed, WORD_PARTS, COMMENTS),
    "page": Target(partial(active_flaw, "a.html"), (HTML,)),
    "receipt": Target(partial(receipt_of, "answer.eml"), (MAIL,)),
    "publication": Target(partial(_file, lambda path: read_glotip(path, "a.csv", "XXX")), (GOOD.encode(),)),
    "tables of eurostat": Target(_eurostat, (*_eurostat_seeds(), gzip.compress(_eurostat_seeds()[0], mtime=0))),
    "imported publication": Target(_imported, (GOOD.encode(),)),
    "release": Target(_releases, (_release_seed(),)),
}
