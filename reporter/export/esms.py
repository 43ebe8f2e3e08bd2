"""The metadata of the statistics, under the headings of the Euro SDMX Metadata Structure, as JSON."""

import json
from collections.abc import Iterable

from reporter.document.document import Entry
from reporter.model import Esms

STRUCTURE = "ESMS"


def esms_json(title: str, language: str, headings: Iterable[tuple[Esms, Entry]]) -> bytes:
    """One heading an item, in the order of ESMS: its number, its code, what it is called, what is said under it."""
    told = {
        "structure": STRUCTURE,
        "title": title,
        "language": language,
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
    return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"
