"""Read the cells of finished outputs back, each by what it counts and its year, whatever the output is."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import docx
import openpyxl
import tinyhtml5  # type: ignore[import-untyped]

from reporter.data.records import Catalogue
from reporter.report.document.document import Document, Figure
from reporter.report.document.plot import Columns, Ledger, Panels, Rows

YEAR = re.compile(r"[12]\d{3}")
# The Eurostat flags and the sign for what does not belong to its series; other marks call notes or findings.
SIGNS = "bdefimnpu≠"
BOUNDS = {"at least": "≥", "over": ">", "about": "≈"}
NOTHING = {"missing": ":", "not collected": ":", "not applicable": "–", "suppressed": "c"}


@dataclass(frozen=True)
class Place:
    """What a cell is about: a figure and a part of it, as they are labelled, and a year."""

    figure: str
    part: str
    year: int


@dataclass(frozen=True)
class Said:
    """What an output says in a cell. `signs` are None where it has no room for them, `is_apart` where it cannot say
    that a value does not belong to its series."""

    output: str
    text: str
    signs: frozenset[str] | None = None
    is_apart: bool | None = None


Cells = Iterator[tuple[Place, Said]]
Line = tuple[str, bool, Sequence[tuple[str, str]]]


def plain(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def _said(output: str, text: str, marks: str) -> Said:
    signs = frozenset(re.sub(r"\([^)]*\)|F\d+", "", marks)) & frozenset(SIGNS)
    return Said(output, plain(text), signs, bool(signs & {"d", "≠"}))


def _of_table(output: str, heads: Sequence[str], lines: Iterable[Line]) -> Cells:
    """The cells below years. Each line has a label, whether it is a part of the one above, and texts with marks."""
    figure = ""
    for label, is_part, cells in lines:
        figure = figure if is_part else label
        for head, (text, marks) in zip(heads, cells, strict=False):
            if YEAR.fullmatch(head):
                yield Place(figure, label if is_part else "", int(head)), _said(output, text, marks)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_page(output: str, html: str) -> Cells:
    for table in tinyhtml5.parse(html, namespace_html_elements=False).iter("table"):
        heads = [words(each) for each in table.iterfind("thead/tr/th")][1:]
        lines = []
        for row in table.iterfind("tbody/tr"):
            label = row.find("th")
            if label is None or row.get("class") == "heading":
                continue
            calls = [words(each) for each in label if each.tag == "sup" or each.get("class") == "call"]
            name = words(label).removesuffix("".join(calls)).strip()
            cells = []
            for cell in row.iterfind("td"):
                marks = "".join(words(each) for each in cell if each.tag in ("sup", "span"))
                cells.append((words(cell).removesuffix(marks), marks))
            lines.append((name, "level-1" in label.get("class", ""), cells))
        yield from _of_table(output, heads, lines)


def of_word(output: str, content: bytes) -> Cells:
    for table in docx.Document(io.BytesIO(content)).tables:
        heads, lines = [cell.text.strip() for cell in table.rows[0].cells][1:], []
        if not any(map(YEAR.fullmatch, heads)):
            continue
        for row in table.rows[1:]:
            read = []
            for cell in row.cells:
                runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
                read.append(
                    tuple("".join(r.text for r in runs if bool(r.font.superscript) is up) for up in (False, True))
                )
            indent = row.cells[0].paragraphs[0].paragraph_format.left_indent
            if len({id(cell._tc) for cell in row.cells}) > 1:
                lines.append((read[0][0].strip(), bool(indent), read[1:]))
        yield from _of_table(output, heads, lines)


def of_workbook(output: str, content: bytes) -> Cells:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets[2:]:
        heads = [str(cell.value or "") for cell in sheet[4]][1:]
        lines = []
        for label, *cells in sheet.iter_rows(min_row=5):
            if not label.value or not any(cell.value is not None for cell in cells):
                continue
            shown = []
            for place, cell in enumerate(cells):
                bound = re.match(r'"([≥>≈]) "', cell.number_format)
                text = f"{bound[1] if bound else ''}{'' if cell.value is None else cell.value}"
                beside = place + 1 < len(heads) and not heads[place + 1]
                shown.append((text, str(cells[place + 1].value or "") if beside else ""))
            lines.append((str(label.value), bool(label.alignment.indent), shown))
        yield from _of_table(output, heads, lines)


def of_table_file(output: str, text: str, figures: frozenset[str]) -> Cells:
    """The CSV of a table."""
    for line in csv.DictReader(io.StringIO(text, newline="")):
        if YEAR.fullmatch(line["column"]):
            whole = line["row"] in figures and line["within"] not in figures
            place = Place(line["row"] if whole else line["within"], "" if whole else line["row"], int(line["column"]))
            marks = _marks(line) if line["indicator"] else None
            yield place, Said(output, plain(line["text"]), marks, None if marks is None else bool(marks & {"d", "≠"}))


def of_observations(output: str, lines: Iterable[dict[str, str]], catalogue: Catalogue, language: str) -> Cells:
    for line in lines:
        indicator, axis = catalogue.indicator(line["indicator"]), catalogue.dimension(line["dimension"])
        part = axis.get(line["code"]) if axis else None
        if indicator:
            value = f"{BOUNDS.get(line['qualifier'], '')}{line['value']}"
            place = Place(indicator.label.text(language), part.label.text(language) if part else "", int(line["year"]))
            text = NOTHING.get(line["status"], value)
            yield place, Said(output, text, _marks(line), bool(_marks(line) & {"d", "≠"}))


def _marks(line: dict[str, str]) -> frozenset[str]:
    apart = line["comparable"] == "false" and "d" not in line["flags"]
    return frozenset((*line["flags"], *("≠" if apart else "")))


def observations(content: bytes) -> list[dict[str, str]]:
    """The lines of the JSON of all figures, as the CSV has them."""
    found = []
    for line in json.loads(content)["observations"]:
        value = "" if line["value"] is None else str(line["value"])
        comparable = {True: "true", False: "false", None: ""}[line["comparable"]]
        year = str(line["year"] or "")
        found.append(line | {"value": value, "flags": "".join(line["flags"]), "year": year, "comparable": comparable})
    return found


def _places(figure: Figure) -> dict[str, tuple[str, str]]:
    """Which figure and part a title of a drawing names, by the rows of its data table."""
    found: dict[str, tuple[str, str]] = {}
    whole = ""
    for row in figure.table.rows:
        whole = whole if row.level else row.label
        found.setdefault(row.label, (whole, row.label if row.level else ""))
    return found


def _drawn(figure: Figure) -> Iterator[Columns]:
    match figure.plot:
        case Panels():
            yield from figure.plot.panels
        case Rows():
            yield from figure.plot.rows
        case Ledger():
            yield from (Columns(row.label, figure.plot.labels, row.strip.bars) for row in figure.plot.rows)


def of_drawings(output: str, document: Document) -> Cells:
    for figure in document.figures():
        places = _places(figure)
        for columns in _drawn(figure):
            if columns.title in places:
                for label, bar in zip(columns.labels, columns.bars, strict=True):
                    if YEAR.fullmatch(label):
                        apart = bar.off_series if bar.value is not None else None
                        yield Place(*places[columns.title], int(label)), Said(output, plain(bar.text), None, apart)


STATED = re.compile(r"(?:^|(?<=[.] ))([^.–]+?) – ((?:\d{4}: [^,.]+(?:, )?)+)[.]")
APART = re.compile(r"Not comparable \([a-z ]+\): ([\d, ]+)")


def of_alt_texts(output: str, document: Document) -> Cells:
    for figure in document.figures():
        places, titles = _places(figure), {each.title: {*each.labels} for each in _drawn(figure)}
        found = list(STATED.finditer(figure.alt))
        assert not titles or {each[1] for each in found} <= {*titles, *places}, figure.code
        for place, each in enumerate(found):
            after = figure.alt[each.end() : found[place + 1].start() if place + 1 < len(found) else None]
            apart = {int(year) for part in APART.findall(after) for year in re.findall(YEAR, part)}
            missing = re.search(r"Not available: ([\d, ]+)", after)
            years = {*re.findall(r"(\d{4}):", each[2]), *re.findall(YEAR, missing[1] if missing else "")}
            assert each[1] not in titles or titles[each[1]] <= years, (figure.code, each[1])
            if each[1] in places:
                for year, text in re.findall(r"(\d{4}): ([^,.]+)", each[2]):
                    yield Place(*places[each[1]], int(year)), Said(output, plain(text), None, int(year) in apart)
