"""Every observation of an edition as CSV, and what its columns and its metadata mean, for machines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reporter.data.files.as_json import as_json
from reporter.data.i18n import N_, RESTRICTION, Locale
from reporter.data.records import Audience, Confidentiality, Esms, Flag, Observation, Qualifier, Status, Unit, Vintage
from reporter.figures.analysis.arithmetic import off_series, part_value
from reporter.figures.analysis.coverage import Availability, coverage_cells
from reporter.formats.export.tidy import AUDIENCE, COMPARABLE, WORKED_OUT, comparable_of, csv_for, value_fields
from reporter.report.document.document import Entry

# Readers look for the metadata under this ending: Model for Tabular Data and Metadata on the Web, 5.3.
CONTEXT, ENDING = "http://www.w3.org/ns/csvw", "-metadata.json"
# What a column means, and the type of its values in CSV on the Web.
Column = tuple[str, object]


def _one_of(words: Iterable[str]) -> dict[str, str]:
    return {"base": "string", "format": "|".join(map(str, words))}


FOR_WHOM: Column = (
    N_("Who may read the file: public is everybody; restricted holds what is withheld from the public"),
    _one_of(Audience),
)
OBSERVED: Mapping[str, Column] = {
    "indicator": (N_("What is counted: an indicator of the catalogue, or a figure of an activity or of law"), "string"),
    "dimension": (N_("By what the value is broken down; empty for the whole"), "string"),
    "code": (N_("The part of the breakdown; empty for the whole"), "string"),
    "year": (N_("Reference year; empty for law, which is in force whatever the year"), "gYear"),
    "value": (N_("The number; empty when there is none or it may not be published"), "decimal"),
    "flags": (
        N_("Flags of Eurostat, one letter each"),
        {"base": "string", "format": f"[{''.join(sorted(each.value for each in Flag))}]*"},
    ),
    "confidentiality": (N_("Confidentiality by SDMX; F is free"), _one_of(Confidentiality)),
    "status": (
        N_("Whether there is a value, or why there is none; worked out is a zero that follows from the other parts"),
        _one_of([*Status, WORKED_OUT]),
    ),
    "qualifier": (N_("How exactly the value is stated"), _one_of(Qualifier)),
    "unit": (N_("What one is one of"), _one_of(Unit)),
    "source": (N_("Code of the source in the catalogue"), "string"),
    "vintage": (N_("Year of the edition that states the value"), "gYear"),
    "definition": (N_("Code of the definition, when it is not the usual one"), "string"),
    "note": (N_("What is printed with the value"), "string"),
    "period": (N_("The period, when it is not the reference year"), "string"),
    "target": (N_("Whether the value is an aim"), {"base": "boolean", "format": "true|false"}),
    COMPARABLE: (
        N_(
            "Whether the value can be compared with the others of its series; false where it is defined differently or "
            "in doubt"
        ),
        {"base": "boolean", "format": "true|false"},
    ),
}
HEADS, REQUIRED = tuple(OBSERVED), ("indicator", "unit", "target")
BETWEEN = " | "


def observations_csv(vintage: Vintage, language: str, audience: Audience = Audience.PUBLIC) -> str:
    """Write every observation of an edition as CSV, one a line. As last revised, of all years, of activities and of
    law; then the zeros of parts that follow from the other parts.

    Figures have the addresses that prose and `reporter explain` use. `year` is empty for law, which is in force
    whatever the year; `vintage` is the year of the file that states the value; `target` marks an aim."""
    return csv_for(audience, HEADS, observation_lines(vintage, language))


def observation_lines(vintage: Vintage, language: str) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head. Every value is text; the order is that of the catalogue."""
    catalogue = vintage.catalogue
    indicators = {each.code: number for number, each in enumerate(catalogue.indicators)}
    members = ((axis.code, each.code) for axis in catalogue.dimensions for each in axis.codes)
    codes = {member: number for number, member in enumerate(members)}

    def rank(seen: Observation) -> tuple[int, str, int, int]:
        return indicators[seen.indicator], seen.figure, codes.get((seen.dimension, seen.code), -1), seen.year

    ordered = sorted(vintage.index.values(), key=rank)
    return (_line(vintage, seen, language) for seen in (*ordered, *_implied(vintage)))


def _implied(vintage: Vintage) -> Iterator[Observation]:
    """The zeros of parts of which nothing is stated in a year, but in another one."""
    for indicator in vintage.catalogue.indicators:
        for name in indicator.dimensions:
            axis = vintage.catalogue.dimension(name)
            for code in (each.code for each in axis.codes) if axis else ():
                if vintage.series(indicator.code, code):
                    found = (part_value(vintage, indicator.code, name, code, year) for year in vintage.years)
                    yield from (seen for seen in found if seen and seen.implied)


def _line(vintage: Vintage, seen: Observation, language: str) -> tuple[str, ...]:
    indicator = vintage.catalogue.indicator(seen.indicator)
    notes = dict.fromkeys(note.text(language) for note in vintage.notes(seen))
    value, flags, status, qualifier, confidentiality = value_fields(seen)
    return (
        seen.figure,
        seen.dimension,
        seen.code,
        str(seen.year or ""),
        value,
        flags,
        confidentiality,
        status,
        qualifier,
        indicator.unit.value if indicator else "",
        seen.source,
        str(seen.vintage or ""),
        seen.definition,
        BETWEEN.join(notes),
        "/".join(dict.fromkeys(day for day in (seen.since, seen.until) if day)),
        "true" if seen.target else "false",
        comparable_of(seen, is_apart=bool(off_series(vintage, seen))),
    )


COVERED: Mapping[str, Column] = {
    "item": (N_("Letter of the item in Article 19a"), "string"),
    "item_label": (N_("What the item asks for"), "string"),
    "indicator": (N_("The indicator that corresponds; empty when none does"), "string"),
    "indicator_label": (N_("Name of the indicator"), "string"),
    "breakdown": (N_("By what it is broken down; total for the whole"), "string"),
    "breakdown_label": (N_("Name of the breakdown"), "string"),
    "year": (N_("Reference year"), "gYear"),
    "state": (N_("What there is of it"), _one_of(Availability)),
}
COVERAGE_HEADS, COVERAGE_REQUIRED = tuple(COVERED), ("item", "breakdown", "year", "state")
WHOLE = "total"


def coverage_csv(vintage: Vintage, locale: Locale, audience: Audience = Audience.PUBLIC) -> str:
    """Write the state of each cell of Article 19a as CSV. In the edition's year a cell is given, in part, confidential,
    missing or not collected."""
    return csv_for(audience, COVERAGE_HEADS, coverage_lines(vintage, locale))


def coverage_lines(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head. States are the words of the program, labels those of the language."""
    language = locale.language
    for each in coverage_cells(vintage):
        indicator = (each.indicator.code, each.indicator.label.text(language)) if each.indicator else ("", "")
        split = (each.split.code, each.split.label.text(language)) if each.split else (WHOLE, locale.text("Total"))
        yield each.item.code, each.item.label.text(language), *indicator, *split, str(vintage.year), each.state.value


def csv_metadata(
    name: str,
    title: str,
    described: Mapping[str, Column],
    required: Sequence[str],
    locale: Locale,
    audience: Audience = Audience.PUBLIC,
) -> bytes:
    """What the columns of a CSV mean, for machines. The file lies beside the CSV and follows CSV on the Web."""
    rights = {} if audience is Audience.PUBLIC else {"dc:accessRights": locale.text(RESTRICTION)}
    columns = [
        {
            "name": head,
            "titles": head,
            "dc:description": locale.text(words),
            "datatype": datatype,
            "required": head in (*required, AUDIENCE),
        }
        for head, (words, datatype) in {**described, AUDIENCE: FOR_WHOM}.items()
    ]
    told = {
        "@context": [CONTEXT, {"@language": locale.language}],
        "url": name,
        "dc:title": title,
        "dc:language": locale.language,
        **rights,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns},
    }
    return f"{as_json(told, indent=1)}\n".encode()


STRUCTURE = "ESMS"


def esms_json(
    title: str, language: str, headings: Iterable[tuple[Esms, Entry]], audience: Audience = Audience.PUBLIC
) -> bytes:
    """Write the metadata as JSON, one heading an item. In the order of ESMS: the number of a heading, its code, its
    title, and the text under it."""
    told = {
        "structure": STRUCTURE,
        "title": title,
        "language": language,
        "audience": audience.value,
        "headings": [
            {
                "number": number,
                "code": code.value,
                "title": entry.title.split(maxsplit=1)[-1],
                "text": list(entry.lines),
            }
            for number, (code, entry) in enumerate(headings, 1)
        ],
    }
    return f"{as_json(told, indent=1)}\n".encode()
