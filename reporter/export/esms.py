"""The metadata of the statistics as JSON, by ESMS. ESMS is the Euro SDMX Metadata Structure."""

from collections.abc import Iterable

from reporter.document.document import Entry
from reporter.files.as_json import as_json
from reporter.model import Audience, Esms

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
