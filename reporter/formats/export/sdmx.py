"""Tables in the layout of Eurostat as SDMX-CSV: one file per dataflow, and one with the origin of each number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from reporter.data.i18n import N_, Locale
from reporter.data.i18n.territories import EU
from reporter.data.read.figure_table import BY_COLUMN
from reporter.data.records import Audience, Confidentiality, Dataflow, Flag, Holds, Vintage
from reporter.figures.analysis.populations import CellOrigin, Filled, Reason, answering_indicator, fill, target_cell
from reporter.formats.export.observations import observation_lines, observed_columns
from reporter.formats.export.tidy import as_csv, csv_for

TIME, VALUE, FLAG, CONFIDENTIAL = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"
HEADS = (
    "dataflow",
    "key",
    "year",
    "value",
    "origin",
    "figures",
    "reason",
    "flags",
    "confidentiality",
    "person",
    "indicator",
    "figure",
)
UNANSWERED = Reason(N_("No figure of the workspace corresponds to this"))
JOINED = " + "
# What the name of a code may not have in SDMX.
ID = re.compile(r"[^A-Za-z0-9_@$-]")


@dataclass(frozen=True, slots=True)
class DataflowRow:
    """One line of a Eurostat table: codes of its dimensions in order (`key`), kind of persons, address of the equal
    `figure`, if any. `instead` is the year before with another indicator: the series breaks between them."""

    dataflow: Dataflow
    key: tuple[str, ...]
    year: int
    person: str
    indicator: str
    figure: str
    filled: Filled
    instead: int | None = None


Tables = tuple[tuple[Dataflow, tuple[DataflowRow, ...]], ...]


def rows_of(vintage: Vintage, dataflow: Dataflow) -> Iterator[DataflowRow]:
    """Every line of a table, empty ones included: one per kind of person, combination of codes and year."""
    for person, indicators in dataflow.figures:
        answering = {year: answering_indicator(vintage, dataflow, indicators, year) for year in vintage.years}
        country = EU.get(vintage.country.code, vintage.country.code)
        codes_by_kind = {Holds.COUNTRY: (country,), Holds.FIGURES: (person,)}
        lists = [
            codes_by_kind.get(axis.holds, axis.codes if axis.holds is Holds.BREAKDOWN else (axis.value,))
            for axis in dataflow.components
        ]
        for key in product(*lists):
            yield from _series(vintage, dataflow, person, key, answering)


def transmission_tables(vintage: Vintage) -> Tables:
    """Every Eurostat table with its lines, computed once for the tables and the list of origins."""
    return tuple((dataflow, tuple(rows_of(vintage, dataflow))) for dataflow in vintage.catalogue.eurostat.dataflows)


def sdmx_csv(vintage: Vintage, dataflow: Dataflow, rows: Iterable[DataflowRow], updated: str) -> str:
    """Write a table in the layout of Eurostat's files of 2026; `updated` is the edition's ISO date."""
    eurostat = vintage.catalogue.eurostat
    year, month, day = updated.split("-")
    # SDMX-CSV 1.0: the first column names the dataflow as AGENCY:ID(VERSION). LAST UPDATE is a column of Eurostat's.
    front = (f"{eurostat.agency}:{dataflow.code}({eurostat.version})", f"{day}/{month}/{year[2:]} 00:00:00")
    heads = ("DATAFLOW", "LAST UPDATE", *(axis.code for axis in dataflow.components), TIME, VALUE, FLAG, CONFIDENTIAL)
    return as_csv(heads, ((*front, *row.key, row.year, *measured_values(vintage, row)) for row in rows))


def own_figures_csv(vintage: Vintage, language: str) -> str:
    """Write all figures of years as SDMX-CSV, a column for each dimension of the catalogue: `_T` for the total, `_Z`
    for a figure without the dimension. An inexact value is left out unless Eurostat's tables have it, with its flag."""
    catalogue, columns = vintage.catalogue, tuple(observed_columns(vintage.catalogue))
    names = [axis.code for axis in catalogue.dimensions]
    heads = ("DATAFLOW", "FREQ", "REF_AREA", "INDICATOR", *map(str.upper, names), "UNIT_MEASURE")
    lines: list[tuple[str, ...]] = []
    for line in (dict(zip(columns, cells, strict=True)) for cells in observation_lines(vintage, language)):
        indicator = catalogue.indicator(line["indicator"])
        if indicator is None or not line["year"]:
            continue
        qualifiers = {
            "exact": "",
            **{qualifier.value: flag.value for qualifier, flag in catalogue.eurostat.qualifiers.items()},
        }
        codes = (line[f"{BY_COLUMN}{name}"] or ("_T" if name in indicator.dimensions else "_Z") for name in names)
        key = ("A", vintage.country.code, ID.sub("_", indicator.code), *codes, line["unit"], line["year"])
        value = line["value"] if line["qualifier"] in qualifiers else ""
        flags = "".join(sorted({*line["flags"], *qualifiers.get(line["qualifier"], "")}))
        rule = Confidentiality(line["confidentiality"])
        secret = catalogue.eurostat.confidentiality.get(rule, "" if rule is Confidentiality.FREE else rule.value)
        lines.append((f"{vintage.country.code}:FIGURES(1.0)", *key, value, flags, secret))
    return as_csv((*heads, TIME, VALUE, FLAG, CONFIDENTIAL), lines)


def origins_csv(vintage: Vintage, tables: Tables, locale: Locale, audience: Audience = Audience.PUBLIC) -> str:
    """Write the origin of each cell as CSV: stated, derived from named figures, or empty for a reason."""
    return csv_for(audience, HEADS, (_origin(vintage, row, locale) for _, rows in tables for row in rows))


def _series(
    vintage: Vintage, dataflow: Dataflow, person: str, key: tuple[str, ...], answering: dict[int, str]
) -> Iterator[DataflowRow]:
    target = {component.code: code for component, code in zip(dataflow.components, key, strict=True)}
    cell, sent = target_cell(vintage.catalogue, dataflow.breakdown, target), set(vintage.catalogue.eurostat.qualifiers)
    last: DataflowRow | None = None
    for year, indicator in answering.items():
        answer = fill(vintage, indicator, year, cell, sent) if indicator else None
        filled = answer or Filled(CellOrigin.MISSING, reason=UNANSWERED)
        part = f"{indicator}.{cell.own.code}" if cell.own else ""
        row = DataflowRow(
            dataflow=dataflow,
            key=key,
            year=year,
            person=person,
            indicator=indicator,
            figure=part if indicator and not cell.whole else indicator,
            filled=filled,
        )
        if filled.value is not None:
            broken = last is not None and last.indicator != indicator
            row, last = (replace(row, instead=last.year) if last and broken else row), row
        yield row


def measured_values(vintage: Vintage, row: DataflowRow) -> tuple[str, str, str]:
    """Value, flags and confidentiality of a line: withheld values are empty, restricted ones say how confidential."""
    value = row.filled.value
    codes = vintage.catalogue.eurostat
    flags = {flag for observation in row.filled.used for flag in observation.flags}
    if row.filled.value is not None:
        flags |= {codes.qualifiers[value.qualifier] for value in row.filled.used if value.qualifier in codes.qualifiers}
        flags |= {Flag.DEFINITION_DIFFERS} if row.indicator in codes.differs else set()
        flags |= {Flag.BREAK} if row.instead is not None else set()
    elif row.filled.used:
        flags |= {codes.statuses[value.status] for value in row.filled.used if value.status in codes.statuses}
    return "" if value is None else f"{value:f}", "".join(sorted(flags)), _confidentiality(vintage, row)


def _confidentiality(vintage: Vintage, row: DataflowRow) -> str:
    codes = vintage.catalogue.eurostat.confidentiality
    levels = {observation.confidentiality for observation in row.filled.used} - {Confidentiality.FREE}
    if row.filled.origin is CellOrigin.CONFIDENTIAL:
        levels = levels or {Confidentiality.CONFIDENTIAL}
    elif row.filled.value is None:
        levels = set()
    status = min(levels, default=Confidentiality.FREE)
    return codes.get(status, "" if status is Confidentiality.FREE else status.value)


def _origin(vintage: Vintage, row: DataflowRow, locale: Locale) -> tuple[object, ...]:
    key, figures = ".".join(row.key), JOINED.join(observation.address for observation in row.filled.used)
    value, flags, confidential = measured_values(vintage, row)
    fields = (row.dataflow.code, key, row.year, value or ":", row.filled.origin.value, figures)
    return *fields, reason_text(vintage, row, locale), flags, confidential, row.person, row.indicator, row.figure


def reason_text(vintage: Vintage, row: DataflowRow, locale: Locale) -> str:
    """The reason why a cell is empty, or what qualifies its number; sentences are joined by semicolons."""
    reason, sentences = row.filled.reason, []
    words = locale.opened(locale.text(reason.text)) if reason else ""
    if reason and reason.about:
        axis = vintage.catalogue.dimension(reason.about.dimension)
        member = axis.get(reason.about.code) if axis else None
        label = member.label.text(locale.language) if member else _label(vintage, reason.about.indicator, locale)
        sentences.append(locale.put("{}: {} ({})", words, label, locale.value(reason.about)))
    elif reason:
        sentences.append(words)
    if row.filled.value is not None and row.indicator in vintage.catalogue.eurostat.differs:
        sentences.append(vintage.catalogue.eurostat.differs[row.indicator].text(locale.language))
    if row.instead is not None:
        label = _label(vintage, row.indicator, locale)
        sentences.append(locale.text("Another figure than in {year}: {figure}", year=row.instead, figure=label))
    return locale.joined("; ", sentences)


def _label(vintage: Vintage, indicator: str, locale: Locale) -> str:
    entry = vintage.catalogue.indicator(indicator)
    return entry.label.text(locale.language) if entry else indicator
