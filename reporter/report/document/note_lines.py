"""Lines below figures and tables, and the links in them."""

import re
from collections.abc import Iterable, Iterator

from reporter.data.records.label import altered, language_of, turned, united
from reporter.report.document.document import Link

CLOSED = (".", "!", "?", "…", ":", ";")
# The start of an address that can be followed.
ADDRESS = re.compile(r"(https?://|mailto:|tel:)")


def turned_note(mark: str, text: str) -> tuple[str, str]:
    language = language_of(mark) or language_of(text)
    return (turned(mark, language), turned(text, language)) if language else (mark, text)


def notes_by_mark(notes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join the notes with one label, which is then printed once."""
    texts_by_mark: dict[tuple[str, str], list[str]] = {}
    for number, (mark, text) in enumerate(notes):
        texts_by_mark.setdefault((mark, language_of(text) if mark else str(number)), []).append(text)
    return [
        (mark, united(" ", (altered(note_text, as_sentence) for note_text in texts)) if len(texts) > 1 else texts[0])
        for (mark, _), texts in texts_by_mark.items()
    ]


def is_sign(note: tuple[str, str]) -> bool:
    return len(note[0]) == 1


# The semicolons of all languages.
SEMICOLONS = r"\s?[;·] "


def other_sources(note: str, main: Iterable[str]) -> str:
    edges = [re.compile(rf"(?:^|{SEMICOLONS}){re.escape(source)}(?={SEMICOLONS}|$)") for source in main if source]

    def others(words: str) -> str:
        for edge in edges:
            words = edge.sub("", words)
        return re.sub(rf"^{SEMICOLONS}", "", words)

    return altered(note, others)


def as_sentence(text: str) -> str:
    return text if text.endswith(CLOSED) else f"{text}."


def with_links(line: str, links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    """A line in pieces, each with the address it links to, or an empty text."""
    leads = {link.words: link.address for link in links}
    if not leads:
        yield line, ""
        return
    # The longest first: a short number may be part of a mail address.
    words = re.compile(f"({'|'.join(map(re.escape, sorted(leads, key=len, reverse=True)))})")
    yield from ((piece, leads.get(piece, "")) for piece in words.split(line) if piece)


def short_address(address: str) -> str:
    return ADDRESS.sub("", address).removesuffix("/")
