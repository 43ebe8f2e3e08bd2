"""Import a table of figures: a CSV, workbook or JSON written by `reporter export`, or edited since. A row is read only
if it is unambiguous; else the file is refused with what to write."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.errors import FileError, Finding, Mark, ReporterError, error_at, nearest
from reporter.data.extras import REMEDY, extra
from reporter.data.files.sources import checksum
from reporter.data.i18n.words import N_
from reporter.data.read.amount import BOUND, Amount, parse_amount
from reporter.data.read.countries import with_countries
from reporter.data.read.dataset import ACTIVITIES
from reporter.data.read.fields import PERIOD
from reporter.data.read.figure_table import (
    BY_COLUMN,
    COUNTRY,
    INDICATOR,
    MOST_LISTED,
    STATUS,
    TEXT,
    VALUE,
    YEAR,
    FigureTable,
    TableRow,
    read_csv_table,
    read_json_table,
)
from reporter.data.records import (
    Catalogue,
    Confidentiality,
    Country,
    Cross,
    Dimension,
    Flag,
    Indicator,
    Label,
    Qualifier,
    Status,
    Vintage,
)
from reporter.data.records.catalogue import CROSSED, OF_CELL, breakdown_key
from reporter.data.records.imported import ImportedFigures, ImportedValue, LeftRow
from reporter.data.records.label import ENGLISH
from reporter.data.records.message import Told, tell
from reporter.data.records.observation import amount_text
from reporter.figures.analysis.equations import Equation, derivable
from reporter.formats.export.tidy import WORKED_OUT

# The part, the column, the problem and a remedy.
Disagreement = tuple[ImportedValue, str, str, str]
Key = tuple[str, int]
Parts = Mapping[str, ImportedValue]
# Stated once for a figure, so for its total and each part.
OF_FIGURE = ("source", "definition", "period")
SILENT = (Status.MISSING, Status.NOT_COLLECTED)


def disagreements(values: Iterable[ImportedValue], catalogue: Catalogue) -> Iterator[Disagreement]:
    every = tuple(values)
    totals = {(value.figure, value.year): value for value in every}
    for part in every:
        total = totals.get((_figure_of(part, catalogue), part.year), part)
        if total is part or part.vintage or total.vintage:
            # A later file that revises a value has its own source.
            continue
        for name in OF_FIGURE:
            if getattr(part, name) != getattr(total, name):
                words = f"{name} {getattr(part, name)!r}, and its total {getattr(total, name)!r} ({total.place})"
                remedy = f"a total and its parts have one {name}: write the same, or leave out the parts"
                yield part, name, f"{part.figure} of {part.year} has {words}", remedy
        if lacking := sorted({*total.flags} - {*part.flags}):
            words = f"{part.figure} of {part.year} has no flag {lacking[0]}, and its total has ({total.place})"
            yield part, "flags", words, "a flag of a total applies to its parts: write it here too, or delete it there"


def with_incomplete(
    values: Iterable[ImportedValue], catalogue: Catalogue
) -> tuple[tuple[ImportedValue, ...], tuple[Told, ...]]:
    """Mark incomplete breakdowns, which a table does not state: parts fall short, or would reveal withheld values."""
    every = tuple(values)
    value_by_key = {(value.figure, value.year): value for value in every}
    breakdowns: dict[Key, dict[str, dict[str, ImportedValue]]] = {}
    for item in every:
        indicator, part_axis, member = catalogue.split(item.figure)
        if indicator and part_axis and member:
            parts = breakdowns.setdefault((indicator.code, item.year), {}).setdefault(part_axis.code, {})
            parts[member.code] = item
    marked_values: list[ImportedValue] = []
    plain_values: dict[str, list[int]] = {}
    for total in every:
        own = breakdowns.get((total.figure, total.year), {})
        names = dict.fromkeys((*(axis.code for axis in catalogue.dimensions), *own))
        incomplete_axes = [
            name
            for name in names
            if (axis := catalogue.dimension(name))
            and name in own
            and any(_is_incomplete(*division) for division in _divided(total, own[name], axis, value_by_key))
        ]
        marked_values.append(replace(total, incomplete=tuple(incomplete_axes)) if incomplete_axes else total)
        for axis_code in incomplete_axes:
            plain_values.setdefault(f"{total.figure} {breakdown_key(axis_code)}", []).append(total.year)
    lists = "; ".join(f"{name} ({', '.join(map(str, years))})" for name, years in plain_values.items())
    words = N_("Parts do not add up to the total, so some are not stated (incomplete): {lists}")
    return tuple(marked_values), ((tell(words, lists=lists),) if plain_values else ())


def as_written(values: Iterable[ImportedValue], catalogue: Catalogue) -> tuple[ImportedValue, ...]:
    """Values as the files state them, each fact once: flags of a total are not repeated at its parts. A revised value
    is missing in the file of its own year, since the table does not contain it, and keeps what holds for any number."""
    every = tuple(values)
    totals = {(value.figure, value.year): value for value in every}
    sources = {(_figure_of(value, catalogue), value.year): value.source for value in every if not value.vintage}
    written_values: list[ImportedValue] = []
    for item in every:
        figure = _figure_of(item, catalogue)
        total = totals.get((figure, item.year))
        repeated = total.flags if total and total is not item else ()
        own = replace(item, flags=tuple(flag for flag in item.flags if flag not in repeated))
        if own.vintage:
            # A part that the later file adds takes nothing from its total.
            if total and (
                (item.definition, item.period) == (total.definition, total.period) and {*total.flags} <= {*item.flags}
            ):
                source = sources.get((figure, item.year), "")
                written_values.append(replace(own, value=Status.MISSING.value, source=source, notes=(), vintage=None))
            own = replace(own, flags=(), confidentiality="", definition="", period="", incomplete=())
        written_values.append(own)
    return tuple(written_values)


def _figure_of(value: ImportedValue, catalogue: Catalogue) -> str:
    indicator = catalogue.split(value.figure)[0]
    return indicator.code if indicator else value.figure


def _divided(
    total: ImportedValue, parts: Parts, axis: Dimension, value_by_key: Mapping[Key, ImportedValue]
) -> Iterator[tuple[ImportedValue, Parts, Dimension]]:
    """The values that a breakdown divides: the total, or what the rows and columns of a cross are the parts of."""
    unstated = not isinstance(axis, Cross)
    for margin, line in axis.lines(parts) if isinstance(axis, Cross) else ():
        whole = value_by_key.get((f"{total.figure}.{margin}", total.year))
        unstated |= whole is None
        if whole:
            yield whole, {code: part for code, part in parts.items() if line.get(code)}, line
    if unstated:
        yield total, parts, axis


def _is_incomplete(total: ImportedValue, parts: Parts, axis: Dimension) -> bool:
    if axis.subset:
        return False
    top = {code: part for code, part in parts.items() if parts.keys().isdisjoint(axis.around(code))}
    whole = parse_amount(total.value)
    masked = [code for code, part in top.items() if part.confidentiality or part.value == Status.SUPPRESSED.value]
    amounts = [amount for code, part in top.items() if (amount := parse_amount(part.value)).value is not None]
    if whole.status in SILENT:
        return any(quantity.value for quantity in amounts)
    if whole.value is None:
        return False
    if len(amounts) == len(top):
        rest = _rest(whole, amounts)
        rounded = all(quantity.qualifier is Qualifier.ABOUT for quantity in (*amounts, whole)) and rest == 0
        inexact = any(quantity.qualifier is not Qualifier.EXACT for quantity in (*amounts, whole))
        if rest > 0 or (inexact and not rounded):
            return True
    public = [parse_amount(part.value) for code, part in top.items() if code not in masked]
    inexact = any(quantity.value is None or quantity.qualifier is not Qualifier.EXACT for quantity in (whole, *public))
    rest = _rest(whole, public)
    if not masked or total.confidentiality or inexact or rest < 0 or rest != rest.to_integral_value():
        return False
    # Whether withheld values could be derived.
    unknown = dict.fromkeys(((code, 0) for code in masked), (0, None))
    return bool(derivable([Equation(tuple((key, 1) for key in unknown), int(rest), int(rest))], unknown))


def _rest(whole: Amount, parts: Iterable[Amount]) -> Decimal:
    return (whole.value or Decimal(0)) - sum((amount.value or Decimal(0) for amount in parts), Decimal(0))


WORKBOOK_START = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# File names of `reporter export`: country, edition and the language of the notes.
NAMED = re.compile(
    r"(?P<country>[A-Z]{2})-[12]\d{3}(?:-[12]\d{3})?(?:-[a-z]{3,})*(?:-(?P<language>[a-z]{2}))?(?:-[a-z-]+)?"
    r"(?: ?\(\d+\))?\.\w+"
)
BAD_ROW = "bad-row"
LAW = "law."
FOUR_DIGITS = re.compile(r"([12]\d{3})(?:\.0+)?", re.ASCII)
# Thousands separated by blanks, as in spreadsheets; a comma or point could be a decimal sign.
APART = re.compile(r"(?<=\d)[ \u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d))")
# Three digits behind a comma could be thousands.
COMMA = re.compile(r"((?:at least |over |about )?-?\d+),(\d{1,2}|\d{4,6})\Z", re.ASCII)
ZEROS = re.compile(r"((?:at least |over |about )?-?\d+)\.0+", re.ASCII)
NOTHING = tuple(status.value for status in Status if status not in (Status.GIVEN, Status.UNREADABLE))
BOUNDS = tuple(qualifier.value for qualifier in Qualifier)
TRUE, FALSE = ("true", "1", "yes"), ("", "false", "0", "no")
WRITE_ONE = "write the number, or in the column status why there is none: missing, suppressed …"


def read_figures(
    content: bytes, filename: str, catalogue: Catalogue, country: Country, _vintage: Vintage | None = None
) -> ImportedFigures:
    """Read a country's figures from a table. Raises FileError for other files, another country, or an ambiguous row."""
    table = _table(content, filename)
    named = NAMED.fullmatch(filename.replace("\\", "/").rpartition("/")[2])
    _refuse_another(table, named["country"] if named else "", country.code)
    own = next((language for language, _ in country.rapporteur.texts), ENGLISH)
    # A table may name countries that no file has yet.
    catalogue = with_countries(catalogue, country.code)
    reading = _TableReading(table, catalogue, country, table.language or (named and named["language"]) or own)
    for row in table.rows:
        reading.take(row)
    if not reading.findings:
        for part, column, message, remedy in disagreements(reading.values, catalogue):
            reading.find(reading.rows[part.place], column, message, remedy)
    if reading.findings:
        raise FileError(tuple(reading.findings[:MOST_LISTED]))
    if not reading.values and not reading.left:
        hint = "name a table that has one figure a line below its heads"
        raise FileError.at(Mark(filename), BAD_ROW, "no row states a figure", hint)
    values, messages = with_incomplete(reading.values, catalogue)
    warnings: list[str] = [*messages]
    if any(not value.source for value in values):
        words = N_("Rows without a source are attributed to {source}, the source of {file}")
        warnings.insert(0, tell(words, source=country.source, file=f"data/{country.code}/country.yaml"))
        values = tuple(replace(value, source=value.source or country.source) for value in values)
    if table.further:
        warnings.insert(0, tell(N_("Columns not read: {names}"), names=", ".join(table.further)))
    return ImportedFigures(
        file=filename,
        sha256=checksum(content),
        source="",
        published="",
        values=as_written(values, catalogue),
        left=tuple(reading.left),
        warnings=tuple(warnings),
        is_protected=table.is_ours,
    )


def _table(content: bytes, name: str) -> FigureTable:
    if content.startswith(WORKBOOK_START):
        with extra(remedy=f'{REMEDY}, or save the sheet "All figures" as CSV UTF-8'):
            from reporter.exchange.publications.table_workbook import read_workbook_table
        return read_workbook_table(content, name)
    return (read_json_table if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" else read_csv_table)(content, name)


def _refuse_another(table: FigureTable, named: str, country: str) -> None:
    code = table.country or named
    if code and code != country:
        hint = f"write reporter import table {table.name} {code}; or give the file another name, if it is of {country}"
        raise FileError.at(Mark(table.name), BAD_ROW, f"this is a file of {code}, not of {country}", hint)
    if COUNTRY in table.columns:
        countries = dict.fromkeys(row[COUNTRY] for row in table.rows if row[COUNTRY])
        if countries and country not in countries:
            message = f"the file has no row for {country}"
            raise FileError.at(Mark(table.name), BAD_ROW, message, f"it contains: {', '.join(countries)}"[:80])


class UnansweredRowError(Exception):
    """No figure matches a row. `words` are its names, `reason` why it is left out."""

    def __init__(self, words: str, reason: Told) -> None:
        super().__init__(words)
        self.words, self.reason = words, reason


class _TableReading:
    def __init__(self, table: FigureTable, catalogue: Catalogue, country: Country, language: str) -> None:
        self.table, self.catalogue, self.country, self.language = table, catalogue, country, language
        self.values: list[ImportedValue] = []
        self.left: list[LeftRow] = []
        self.findings: list[Finding] = []
        self.seen: dict[tuple[str, int | None], TableRow] = {}
        self.rows: dict[str, TableRow] = {}
        self.unknown: set[str] = set()
        self.at = ""

    def take(self, row: TableRow) -> None:
        """Read a row: a value, a skipped row, or a finding."""
        if row[COUNTRY] not in ("", self.country.code):
            return
        self.at = VALUE
        try:
            value = self._value(row)
        except UnansweredRowError as problem:
            self._leave(row, problem.words, problem.reason)
        except ReporterError as problem:
            self.find(row, self.at, problem.message, problem.hint)
        else:
            if value:
                self.values.append(value)
                self.rows[value.place] = row

    def find(self, row: TableRow, column: str, message: str, hint: str) -> None:
        # A spreadsheet names its cells otherwise than by line and column.
        place = f"{self.table.place(row, column)}: " if self.table.sheet else ""
        self.findings.append(error_at(self.table.mark(row, column), BAD_ROW, f"{place}{message}", hint))

    def _leave(self, row: TableRow, words: str, reason: Told) -> None:
        self.left.append(LeftRow(place=self.table.place(row, self.at), words=words, reason=reason))

    def _value(self, row: TableRow) -> ImportedValue | None:
        for column, (what, remedy) in row.problems.items():
            self.at = column
            raise ReporterError(what, hint=remedy)
        self.at = INDICATOR
        address, indicator = figure_of_row(row, self.catalogue)
        self.at = YEAR
        year = year_in(row[YEAR])
        if self._is_twice(row, address, year):
            return None
        self.at = VALUE
        if row["status"].lower() == WORKED_OUT:
            return None
        if row["status"].lower() == Status.UNREADABLE.value:
            raise UnansweredRowError(address, tell(N_("the value was unreadable when the table was made")))
        if not (value := value_in(row, whole=indicator.unit.is_whole)):
            raise UnansweredRowError(address, tell(N_("there is no value")))
        if address.startswith(LAW):
            self._compare_law(address, value)
            return None
        if year is None:
            raise ReporterError(f"the row of {address} names no year", hint="write the year in four digits")
        return self._with_remarks(row, address, year, value, indicator)

    def _is_twice(self, row: TableRow, address: str, year: int | None) -> bool:
        """Whether a row repeats another one. Raises ReporterError where they differ."""
        first = self.seen.setdefault((address, year), row)
        if first is row:
            return False
        if column := next((name for name in self.table.columns if name != TEXT and first[name] != row[name]), ""):
            self.at = column
            difference = f"{column} {first[column][:40]!r} there, {row[column][:40]!r} here"
            message = f"{address} of {year or 'no year'} is also on line {first.line}: {difference}"
            raise ReporterError(message, hint="delete the row that does not count")
        self._leave(row, address, tell(N_("the row repeats {place}"), place=self.table.place(first)))
        return True

    def _with_remarks(
        self, row: TableRow, address: str, year: int, value: str, indicator: Indicator
    ) -> ImportedValue | None:
        definition_codes = [code for code, _ in indicator.definitions if code]
        self.at = "target"
        if is_target(row[self.at]) and not address.startswith(ACTIVITIES):
            raise UnansweredRowError(address, tell(N_("the value is a target; figures of a year state what happened")))
        note = " ".join(row["note"].split())
        vintage = year_in(self._cell(row, "vintage"))
        if vintage is not None and vintage < year:
            hint = f"write {year}, or the year of the later file that revised it"
            raise ReporterError(f"a file of {vintage} cannot state a value of {year}", hint=hint)
        return ImportedValue(
            figure=address,
            year=year,
            value=value,
            place=self.table.place(row),
            flags=flags_in(self._cell(row, "flags")),
            confidentiality=confidentiality_in(self._cell(row, "confidentiality"), value),
            source=self._source(self._cell(row, "source")),
            vintage=vintage if vintage != year else None,
            definition=definition_in(self._cell(row, "definition"), definition_codes, indicator.code),
            period=period_in(self._cell(row, "period")),
            notes=(Label(((self.language, note),)),) if note else (),
        )

    def _cell(self, row: TableRow, column: str) -> str:
        self.at = column
        return row[column]

    def _source(self, text: str) -> str:
        if text and self.catalogue.source(text) is None and text not in self.unknown:
            # Reported once, not for every row.
            self.unknown.add(text)
            near = nearest(text, (source.code for source in self.catalogue.sources))
            entry = f"{text[:40]}: {{title: {{{self.language}: …}}, publisher: {{{self.language}: …}}}}"
            place = f"sources: of data/{self.country.code}/country.yaml"
            hint = f"{near}; or write it under {place}, as {entry}; with no workspace yet begin by reporter init"
            raise ReporterError(f"no source here is called {text[:40]!r}", hint=hint)
        return text

    def _compare_law(self, address: str, value: str) -> None:
        """Report where our text of the law differs; penalties belong to their provision."""
        stated = {figure.address: figure for provision in self.country.provisions for figure in provision.figures}
        observation = stated.get(address)
        file = f"data/{self.country.code}/country.yaml"
        if observation is None:
            raise UnansweredRowError(address, tell(N_("{file} has no such provision"), file=file))
        now = amount_text(observation.value, observation.status, observation.qualifier)
        if now != value:
            reason = tell(N_("the law is in {file}, which says {now}: change it there"), now=now, file=file)
            raise UnansweredRowError(f"{address} {value}", reason)


def figure_of_row(row: TableRow, catalogue: Catalogue) -> tuple[str, Indicator]:
    """The address that a row names, and its indicator. Raises UnansweredRowError where no figure has that name."""
    name, dimension, code = row[INDICATOR], row["dimension"], row["code"]
    if not name:
        raise UnansweredRowError(row[TEXT] or row[VALUE], tell(N_("a derived number, or words")))
    codes = [entry.code for entry in catalogue.indicators]
    if name.startswith((ACTIVITIES, LAW)):
        family = "activity." if name.startswith(ACTIVITIES) else LAW
        count = f"{family}{name.rpartition('.')[2]}"
        indicator = catalogue.indicator(count)
        if indicator is None:
            raise _unknown(count, [candidate for candidate in codes if candidate.startswith(family)])
        return name, indicator
    indicator = catalogue.indicator(name)
    while indicator is None and "." in name and not row["code"]:
        # The address is written in one cell.
        name, _, last = name.rpartition(".")
        code = OF_CELL.join(filter(None, (last, code)))
        indicator = catalogue.indicator(name)
    if indicator is None:
        raise _unknown(row[INDICATOR], codes)
    pairs = _codes_of_row(row, indicator, code, catalogue)
    names = [axis_name for axis_name, _ in pairs] or [*filter(None, [dimension])]
    if "" not in names and not catalogue.cross(indicator, names) and names:
        candidates = [f"{name} by {axis_code}" for axis_code in indicator.dimensions]
        raise _unknown(f"{name} {breakdown_key(CROSSED.join(names))}", candidates)
    for axis_name, part in pairs:
        members = [
            member for axis in catalogue.axes(indicator) if axis_name in ("", axis.code) for member in axis.codes
        ]
        if part not in (member.code for member in members):
            labels = {text.lower(): member.code for member in members for _, text in member.label.texts}
            meant = f"{name}.{labels.get(part.lower(), part)}"
            raise _unknown(f"{name}.{part}", [f"{name}.{member.code}" for member in members], meant)
    if names and not pairs:
        raise UnansweredRowError(f"{name} by {dimension}", tell(N_("the row names a breakdown, but none of its codes")))
    return f"{name}.{catalogue.cell(pairs)}" if pairs else name, indicator


def _codes_of_row(row: TableRow, indicator: Indicator, code: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """The codes of a row with their dimensions, empty for one that no dimension has. Raises ReporterError where its
    columns disagree."""
    columns = [(name.removeprefix(BY_COLUMN), text) for name, text in row.cells.items() if name.startswith(BY_COLUMN)]
    by_column = {name: text for name, text in columns if text}
    if not code:
        return [*by_column.items()]
    parts = code.split(OF_CELL)
    names = (
        [name.strip() for name in row["dimension"].split(CROSSED)]
        if row["dimension"]
        else [next((axis.code for axis in catalogue.axes(indicator) if axis.get(part)), "") for part in parts]
    )
    if len(names) != len(parts):
        hint = "write one code for each, with a point between them: form,person and sexual.women"
        raise ReporterError(f"the dimension is {row['dimension'][:40]!r}, and the code {code[:40]!r}", hint=hint)
    stated = dict(zip(names, parts, strict=True))
    for name, text in by_column.items():
        if stated.get(name, "") != text:
            message = f"the code is {code[:40]!r}, and {BY_COLUMN}{name} says {text[:40]!r}"
            raise ReporterError(message, hint="write the same in both, or leave one of them empty")
    return [*zip(names, parts, strict=True)]


def _unknown(name: str, candidates: list[str], meant: str = "") -> UnansweredRowError:
    reason = tell(N_("no figure has this name; {hint}"), hint=nearest(meant or name, candidates))
    return UnansweredRowError(name[:80], reason)


def year_in(text: str) -> int | None:
    match = FOUR_DIGITS.fullmatch(text)
    if text and match is None:
        raise ReporterError(f"the year is {text[:40]!r}", hint="write four digits, such as 2019")
    return int(match[1]) if match else None


def value_in(row: TableRow, *, whole: bool) -> str:
    """The value of a row: a number (`12`, `at least 3`), the word for none, or empty. Counts have no decimals."""
    text, status = row[VALUE], row[STATUS].lower()
    if status in NOTHING:
        if text and text.lower() != status:
            raise ReporterError(f"the value is {text[:40]!r}, and the status {status}", hint="delete one of them")
        return status
    if status not in ("", Status.GIVEN.value, Qualifier.EXACT.value):
        raise ReporterError(f"the status is {status[:40]!r}", hint=nearest(status, (Status.GIVEN.value, *NOTHING)))
    if text:
        return _amount(text, row["qualifier"].lower(), whole=whole)
    if status:
        raise ReporterError(f"there is no number, and the status is {status}", hint=WRITE_ONE)
    return ""


def _amount(text: str, qualifier: str, *, whole: bool) -> str:
    if qualifier and qualifier not in BOUNDS:
        raise ReporterError(f"the qualifier is {qualifier[:40]!r}", hint=nearest(qualifier, BOUNDS))
    plain = COMMA.sub(r"\1.\2", APART.sub("", text), count=1)
    if whole and (round_number := ZEROS.fullmatch(plain)):
        plain = round_number[1]
    bound = BOUND.match(plain)
    if qualifier and qualifier != Qualifier.EXACT.value:
        if bound and bound[0].strip() != qualifier:
            message = f"the value says {bound[0].strip()!r}, and the qualifier {qualifier!r}"
            raise ReporterError(message, hint="delete one of them")
        plain = plain if bound else f"{qualifier} {plain}"
    try:
        amount = parse_amount(plain)
    except ValueError as problem:
        message, _, hint = str(problem).partition(" | ")
        raise ReporterError(message, hint=hint) from None
    if amount.value is None:
        return amount_text(None, amount.status, amount.qualifier)
    if amount.value < 0:
        raise ReporterError(f"{plain} is less than zero", hint="write 0 or more")
    if whole and amount.value != amount.value.to_integral_value():
        raise ReporterError(f"{plain} is no whole number", hint="write how many were counted")
    return plain


def flags_in(text: str) -> tuple[str, ...]:
    flags = sorted({*re.sub(r"[\s,;|]", "", text.lower())})
    flag_codes = [flag.value for flag in Flag]
    if unknown := next((letter for letter in flags if letter not in flag_codes), ""):
        raise ReporterError(f"no flag is called {unknown!r}", hint=f"write one of {', '.join(flag_codes)}, or nothing")
    return tuple(flags)


def confidentiality_in(text: str, value: str) -> str:
    """The rule by which a value is withheld, empty for none. `C` without a value names no rule: all have it."""
    code = text.upper() or Confidentiality.FREE.value
    codes = [rule.value for rule in Confidentiality]
    if code not in codes:
        raise ReporterError(f"the confidentiality is {text[:40]!r}", hint=f"write one of {', '.join(codes)}")
    says_no_more = code == Confidentiality.CONFIDENTIAL.value and value == Status.SUPPRESSED.value
    return "" if code == Confidentiality.FREE.value or says_no_more else code


def period_in(text: str) -> str:
    """The period that a value covers, empty for its year."""
    if text and not PERIOD.fullmatch(text):
        raise ReporterError(f"{text[:40]!r} is not a period", hint="write 2017 or 2017/2019 or 2015-06-03/2015-06-04")
    return text


def definition_in(text: str, definition_codes: Sequence[str], figure: str) -> str:
    if text and text not in definition_codes:
        raise ReporterError(f"{figure} has no definition {text[:40]!r}", hint=nearest(text, definition_codes))
    return text


def is_target(text: str) -> bool:
    if text.lower() not in (*TRUE, *FALSE):
        raise ReporterError(f"the target is {text[:40]!r}", hint="write true, false or nothing")
    return text.lower() in TRUE
