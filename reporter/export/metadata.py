"""What the columns of a CSV mean, for machines. The file lies beside the CSV and follows the W3C's CSV on the Web."""

from collections.abc import Iterable, Mapping, Sequence

from reporter.document.document import Entry
from reporter.export.observations import COVERED, FOR_WHOM, OBSERVED, Column
from reporter.export.tidy import AUDIENCE
from reporter.files.as_json import as_json
from reporter.i18n import RESTRICTION, Locale
from reporter.model import Audience, Esms

# Readers look for the metadata under this ending: Model for Tabular Data and Metadata on the Web, 5.3.
CONTEXT, ENDING = "http://www.w3.org/ns/csvw", "-metadata.json"


def observations_metadata(name: str, title: str, locale: Locale, audience: Audience = Audience.PUBLIC) -> bytes:
    columns = _columns(OBSERVED, ("indicator", "unit", "target"), locale)
    return _metadata(name, title, columns, locale, audience)


def coverage_metadata(name: str, title: str, locale: Locale, audience: Audience = Audience.PUBLIC) -> bytes:
    columns = _columns(COVERED, ("item", "breakdown", "year", "state"), locale)
    return _metadata(name, title, columns, locale, audience)


def _columns(described: Mapping[str, Column], required: Sequence[str], locale: Locale) -> list[dict[str, object]]:
    return [
        {
            "name": head,
            "titles": head,
            "dc:description": locale.text(words),
            "datatype": datatype,
            "required": head in (*required, AUDIENCE),
        }
        for head, (words, datatype) in {**described, AUDIENCE: FOR_WHOM}.items()
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
