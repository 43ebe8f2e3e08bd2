"""What the columns of a CSV mean, for machines. The file lies beside the CSV and follows the W3C's CSV on the Web."""

from collections.abc import Iterable, Mapping, Sequence

from reporter.analysis.coverage import Availability
from reporter.document.document import Entry
from reporter.export.observations import COVERAGE_HEADS, HEADS
from reporter.export.tidy import AUDIENCE, COMPARABLE, WORKED_OUT
from reporter.files.as_json import as_json
from reporter.i18n import N_, RESTRICTION, Locale
from reporter.model import Audience, Confidentiality, Esms, Flag, Qualifier, Status, Unit

# Readers look for the metadata under this ending: Model for Tabular Data and Metadata on the Web, 5.3.
CONTEXT, ENDING = "http://www.w3.org/ns/csvw", "-metadata.json"
Column = tuple[str, object]


def _one_of(words: Sequence[str]) -> dict[str, str]:
    return {"base": "string", "format": "|".join(words)}


FOR_WHOM: Column = (
    N_("Who may read the file: public is everybody; restricted holds what is withheld from the public"),
    _one_of([each.value for each in Audience]),
)
DESCRIBED: Mapping[str, Column] = {
    "indicator": (N_("What is counted: an indicator of the catalogue, or a figure of an activity or of law"), "string"),
    "dimension": (N_("By what the value is broken down; empty for the whole"), "string"),
    "code": (N_("The part of the breakdown; empty for the whole"), "string"),
    "year": (N_("Reference year; empty for law, which is in force whatever the year"), "gYear"),
    "value": (N_("The number; empty when there is none or it may not be published"), "decimal"),
    "flags": (
        N_("Flags of Eurostat, one letter each"),
        {"base": "string", "format": f"[{''.join(sorted(each.value for each in Flag))}]*"},
    ),
    "confidentiality": (N_("Confidentiality by SDMX; F is free"), _one_of([each.value for each in Confidentiality])),
    "status": (
        N_("Whether there is a value, or why there is none; worked out is a zero that follows from the other parts"),
        _one_of([*(each.value for each in Status), WORKED_OUT]),
    ),
    "qualifier": (N_("How exactly the value is stated"), _one_of([each.value for each in Qualifier])),
    "unit": (N_("What one is one of"), _one_of([each.value for each in Unit])),
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
    AUDIENCE: FOR_WHOM,
}
COVERED: Mapping[str, Column] = {
    "item": (N_("Letter of the item in Article 19a"), "string"),
    "item_label": (N_("What the item asks for"), "string"),
    "indicator": (N_("The indicator that corresponds; empty when none does"), "string"),
    "indicator_label": (N_("Name of the indicator"), "string"),
    "breakdown": (N_("By what it is broken down; total for the whole"), "string"),
    "breakdown_label": (N_("Name of the breakdown"), "string"),
    "year": (N_("Reference year"), "gYear"),
    "state": (N_("What there is of it"), _one_of([each.value for each in Availability])),
    AUDIENCE: FOR_WHOM,
}


def observations_metadata(name: str, title: str, locale: Locale, audience: Audience = Audience.PUBLIC) -> bytes:
    columns = _columns((*HEADS, AUDIENCE), DESCRIBED, ("indicator", "unit", "target", AUDIENCE), locale)
    return _metadata(name, title, columns, locale, audience)


def coverage_metadata(name: str, title: str, locale: Locale, audience: Audience = Audience.PUBLIC) -> bytes:
    required = ("item", "breakdown", "year", "state", AUDIENCE)
    columns = _columns((*COVERAGE_HEADS, AUDIENCE), COVERED, required, locale)
    return _metadata(name, title, columns, locale, audience)


def _columns(
    heads: Sequence[str], described: Mapping[str, Column], required: Sequence[str], locale: Locale
) -> list[dict[str, object]]:
    return [
        {
            "name": head,
            "titles": head,
            "dc:description": locale.text(described[head][0]),
            "datatype": described[head][1],
            "required": head in required,
        }
        for head in heads
    ]


def _metadata(
    name: str, title: str, columns: Sequence[Mapping[str, object]], locale: Locale, audience: Audience
) -> bytes:
    rights = {} if audience is Audience.PUBLIC else {"dc:accessRights": locale.text(RESTRICTION)}
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
