"""Words that YAML reads otherwise than people mean them. Signs that Word set in place of plain ones, and what a missing
quote, comma or blank makes of a line."""

import re
from typing import NamedTuple

from reporter.load.yaml_lines import quoted, shown
from reporter.model.word_signs import ODD_BLANK, WORD_QUOTES

MESSAGE = "the quotes are those of Word"
QUOTES = WORD_QUOTES + "\"'`"
PLAIN = re.compile(r"[A-Za-z0-9_][!-~ ]*(?<![: ])")
DASHED = re.compile(r"[-–—•·]+\s*(?=\w)")
GLUED = re.compile(r"([\w.]+(?: [\w.]+)?):(\S+)")
# What a plain text leaves out when a sign of a comment follows it without a blank behind it: Case #5.
CUT = re.compile(r" +(#[^\s#].*)")
NUMBERS = re.compile(r"\d+(?:,\d+)+", re.ASCII)
LANGUAGE_LINE = re.compile(r"[ \t]+([a-z]{2}): ", re.M)


class Misreading(NamedTuple):
    """What was meant, what is wrong, and what to write."""

    meant: str
    message: str
    hint: str


def misread_key(name: str) -> Misreading | None:
    """Find signs in a key that do not belong to it."""
    if PLAIN.fullmatch(name):
        return None
    plain = " ".join(ODD_BLANK.sub(" ", name).split())
    unquoted = plain.strip(QUOTES) if plain[:1] in WORD_QUOTES or plain[-1:] in WORD_QUOTES else plain
    dash = DASHED.match(unquoted)
    meant = unquoted[dash.end() if dash else 0 :].rstrip(": ")
    if not meant or meant == name:
        return None
    if dash:
        return Misreading(meant, "a list begins its lines with a hyphen and a blank", f"write - {meant}: …")
    message = MESSAGE if unquoted != plain else f"the key {name!r} has a sign that does not belong to it"
    return Misreading(meant, message, f"write {meant}: …")


def is_item(name: str) -> bool:
    """Return whether a key begins as an item of a list should."""
    return bool(DASHED.match(name))


def unparted_key(name: str) -> tuple[str, str] | None:
    """Part an entry that lacks the blank after its colon."""
    found = GLUED.fullmatch(name)
    return (found[1], found[2]) if found else None


def misread_text(text: str) -> Misreading | None:
    """Find the quotes of Word round a text, or half a pair."""
    first, last, inner = text[:1], text[-1:], text[1:-1]
    if first in WORD_QUOTES and last in QUOTES and inner.strip() and not set(inner) & set(WORD_QUOTES) - set("’‘"):
        return Misreading(inner.strip(), MESSAGE, f"write {quoted(shown(inner))}")
    if last == '"' and text.count('"') == 1:
        return Misreading(text[:-1].strip(), 'the quote " is not opened', f"write {quoted(shown(text[:-1]))}")
    return None


def cut_text(text: str, rest: str) -> Misreading | None:
    """Find a text that ends at a sign of a comment. `rest` is what follows it on its line."""
    found = CUT.match(rest)
    if found is None:
        return None
    whole = f"{text} {found[1].rstrip()}"
    return Misreading(
        whole, f"the text ends before {found[1].split()[0]}", f"put quotes round it: {quoted(shown(whole))}"
    )


def parted_text(name: str, text: str) -> Misreading | None:
    """A text or number within braces that a comma parted. None for a number: it is refused as what it is."""
    if NUMBERS.fullmatch(text):
        return None
    found = misread_text(text)
    meant = found.meant if found else text
    message = found.message if found else "a comma within braces begins a new entry"
    return Misreading(meant, message, f"write {name}: {quoted(shown(meant))}")


def swallowed_language(source: str, known: frozenset[str]) -> tuple[int, str] | None:
    """Find the line of a text that begins another language. It is indented so deep that it became part of the text
    above."""
    for found in LANGUAGE_LINE.finditer(source):
        if found[1] in known:
            return source.count("\n", 0, found.start(1)), found[1]
    return None
