"""Look for what a file of a package would run, load or send. Making a file again does not see what the sender's own
templates and texts bring along. A policy at the head of each page forbids scripts and addresses; the rest is looked
for."""

import csv
import io
import re
from collections.abc import Iterator

from reporter.submission import Defect, Package

PAGE, TABLE = ".html", ".csv"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
# The policy holds for what follows it.
HEAD = re.compile(
    r'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,20}">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="Content-Security-Policy" content="{re.escape(POLICY)}">\n'
)
# The text for the Commission's page and templates of the sender are no whole pages.
PART = re.compile(r".*-page\.html|data/source/.*")
# What no policy forbids, or a text without one would do. Signs that turn the order of what follows make 24 read as 42.
ACTS = re.compile(
    r"<(?:script|form|base|i?frame|object|embed|applet|portal)\b|<[a-z][^<>]*\son[a-z]+\s*=|javascript:"
    r"|http-equiv\s*=\s*(?![\"']Content-Security-Policy[\"'])|[\u200e\u200f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
# What a spreadsheet would work out, or ask another program for, instead of showing it.
FORMULA = re.compile(r"[=@\t\r]|[+-].*[(|!]", re.S)


def active_content(package: Package) -> Iterator[Defect]:
    """The pages, templates and tables of a package that would do something. One message a file."""
    found = ((name, active_flaw(name, content)) for name, content in package.files.items())
    return (Defect(name, message) for name, message in found if message)


def active_flaw(name: str, content: bytes) -> str:
    """What a page, template or table would do; empty for nothing, and for other files."""
    ending = name[name.rfind(".") :].lower()
    if ending not in (PAGE, TABLE):
        return ""
    text = content.decode(errors="replace")
    return _page(name, text) if ending == PAGE else _table(text)


def _page(name: str, text: str) -> str:
    if not PART.fullmatch(name) and not HEAD.match(text):
        return "does not begin as a page of ours, with its Content-Security-Policy unaltered and before all else"
    found = ACTS.search(text)
    return f"line {text.count(chr(10), 0, found.start()) + 1}: would act: {found[0][:40]!a}" if found else ""


def _table(text: str) -> str:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
            if cell := next(filter(FORMULA.match, row), ""):
                return f"line {number}: has a cell that a spreadsheet runs: {cell[:40]!r}"
    except csv.Error as problem:
        return f"is no CSV: {problem}"
    return ""
