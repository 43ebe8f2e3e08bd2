"""Read the text that others paste into a page of theirs."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from itertools import zip_longest

from reporter.prose.markdown import as_fragment
from reporter.prose.quantities import in_words
from reporter.roundtrip.stated import VALUE, Figures, MalformedFileError, figure_name, parse_number

NAME = re.compile(r"(?:.*/)?[A-Z]{2}-[12]\d{3}(?:-restricted)?-[a-z]{2,3}-page\.(html|md)", re.ASCII)
TAG = re.compile(r"<[^<>]*>")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d])|(?<![\w.,])\d+(?:\.\d+)?")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)


def is_pasted(name: str) -> bool:
    """Return whether a file is a text to be pasted.

    Its name says so.
    """
    return bool(NAME.fullmatch(name))


def untold(figures: Figures, content: bytes) -> Iterator[str]:
    """Say which yearly figures stand nowhere in the text.

    Where in it a number stands is not looked at: the same number may be another's.
    """
    try:
        text = unescape(TAG.sub(" ", content.decode()))
    except UnicodeDecodeError:
        raise MalformedFileError("is not in UTF-8") from None
    said = {Decimal(each.replace(",", "")) for each in NUMBER.findall(text)}
    words = {each.lower() for each in WORD.findall(text)}
    for name, lines in figures.series().items():
        for year, line in lines.items():
            number = parse_number(line[VALUE])
            if number is not None and number not in said and not words.intersection(in_words(number)):
                yield f"does not tell {figure_name((*name, str(year)))}: {line[VALUE]}"


def differing(html: bytes, markdown: bytes) -> Iterator[str]:
    """Say where the HTML is not what the Markdown beside it makes."""
    made = as_fragment(markdown.decode(errors="replace")).splitlines()
    for number, (line, expected) in enumerate(zip_longest(html.decode(errors="replace").splitlines(), made), 1):
        if line != expected:
            yield f"line {number}: is not what the Markdown beside it says"
            return
