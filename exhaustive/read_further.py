"""The cells of a finished PDF and of the text for the Commission's page, read back as those of other outputs."""

import re
from collections.abc import Iterable, Iterator

from reporter.editions.audit.read_pdf import read_tables
from reporter.report.tables.tabulate import FLAG_WORDS, SIGN_WORDS, UNLIKE
from tests.read_back import YEAR, Cells, Place, Said, plain

# Between pieces of a cell: at the end of a line, or where the typeface changes.
JOINT = "\x1f"
CALLS = re.compile(r"\s*\([a-z0-9]+\)")
SPOKEN = {"at least ": "≥", "more than ": ">", "over ": ">", "about ": "≈"}
WORDS = {words: flag.value for flag, words in FLAG_WORDS.items()} | {UNLIKE: UNLIKE}
# Of what is withheld the text has no notes.
HIDDEN = "confidential"
UNITS = re.compile(r"\s(?:years?|months?|euros?)$")
LISTED = re.compile(r"^- (?P<figure>[^:(]+?)(?:: (?P<value>[^()]+?))?(?: \((?P<parts>.*)\))?$")


def of_pdf(output: str, content: bytes, figures: frozenset[str]) -> Cells:
    for rows in filter(None, read_tables(content, JOINT)):
        heads = [each.strip() for each in rows[0]][1:]
        if any(map(YEAR.fullmatch, heads)):
            yield from _of_rows(output, heads, rows[1:], figures)


def _of_rows(output: str, heads: list[str], rows: Iterable[list[str]], figures: frozenset[str]) -> Cells:
    figure = ""
    for label, *cells in rows:
        name = CALLS.sub("", re.sub(rf"-{JOINT}|\u00ad", "", label)).replace(JOINT, " ")
        name = " ".join(name.split())
        figure = name if name in figures else figure
        for head, cell in zip(heads, cells, strict=False):
            if YEAR.fullmatch(head):
                text, *marks = CALLS.sub("", cell).split(JOINT)
                signs = frozenset("".join(marks).replace(" ", ""))
                place = Place(figure, "" if name == figure else name, int(head))
                yield place, Said(output, plain(text), signs, bool(signs & {"d", UNLIKE}))


def of_commission(output: str, text: str) -> Cells:
    """The values that the text lists below each year, with what its notes say of the whole figures."""
    for block in re.split(r"\n(?=#+ |Figures of \d{4}:)", text):
        if found := re.match(r"Figures of (\d{4}):", block):
            values, _, notes = block.partition("\nNotes:\n")
            of_figure = dict(each[2:].split(": ", 1) for each in notes.splitlines() if each.startswith("- "))
            for line in filter(None, map(LISTED.match, values.splitlines())):
                told = of_figure.get(line["figure"], "").partition(".")[0].replace(SIGN_WORDS[UNLIKE], UNLIKE)
                signs = frozenset(WORDS[each] for each in told.split(", ") if each in WORDS)
                if line["value"] == HIDDEN:
                    yield Place(line["figure"], "", int(found[1])), Said(output, "c")
                elif line["value"]:
                    whole = Said(output, _amount(line["value"]), signs, bool(signs & {"d", UNLIKE}))
                    yield Place(line["figure"], "", int(found[1])), whole
                for name, value in _parts(line["parts"] or ""):
                    yield Place(line["figure"], name, int(found[1])), Said(output, _amount(value))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for each in filter(None, text.split("; ")):
        name, _, value = each.partition(": ")
        if name == HIDDEN:
            yield from ((part, HIDDEN) for part in value.split(", "))
        else:
            yield name, value


def _amount(text: str) -> str:
    for words, sign in SPOKEN.items():
        text = text.replace(words, sign)
    return "c" if text == HIDDEN else plain(UNITS.sub("", text))
