"""Say what differs first between a file of a package and the same file made again."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from reporter.delivery.pdf_update import signing_flaw
from reporter.disclosure.collecting import read_numbers
from reporter.disclosure.read_figures import (
    UNREADABLE,
    Figures,
    MalformedFileError,
    figure_differences,
    figures_of,
    read_json,
    read_lines,
    read_workbook,
    sheet_rows,
    value_text,
)
from reporter.disclosure.read_pdf import attached_files, page_texts
from reporter.export.tidy import COMPARABLE, WORKED_OUT

# Files that state all figures: alone, or attached to a PDF.
ALL = re.compile(r".*-observations\.(csv|json)|.*\.xlsx")
TEXT = re.compile(r".*\.(html|md|txt|yaml|po|css|toml)")
TAG = re.compile(r"<[^<>]*>")
# Files for people, in which cells say of which figure they are.
PAGES = (".pdf", ".html", ".docx")
# So many columns of a table name a line of it; so many letters are shown beside what differs.
NAMING, AROUND, MOST_SHOWN = 4, 24, 60
# Comparing words takes time that grows with the square of their number.
MOST_WORDS = 4000
MALFORMED = (MalformedFileError, UnicodeDecodeError, csv.Error, RecursionError, *UNREADABLE)
# What a figure states besides its value, whatever version of the program writes it down.
STATED = ("status", "qualifier", "confidentiality", "flags")
# Words for people: columns, members and labels that another version may say otherwise.
WORDS = re.compile(r".*label|row|column|within|title|reason|note|markdown|External-Description|Small-Counts")
# A column that files of earlier versions do not have.
LATER = COMPARABLE
# What else the JSON of figures states.
JSON_STATES = ("country", "years", "status", "audience", "language", "published", "data_cutoff", "coverage")
NUMERIC = re.compile(r"-?[0-9][0-9.E+-]*")
# Taken as they are stated: who made a package, and the sum of its files.
UNPROVABLE = ("Made-By", "Payload-Oxum")


def first_difference(name: str, sent: bytes, made: bytes) -> str:
    """What differs first between a file and itself made again. It names the figure, the line or the page; where these
    are the same, or nobody can read them, it is the byte."""
    try:
        flaw = altered_figure(name, sent, {name: made}) or next(_differences(name, sent, made), "")
    except MALFORMED as problem:
        flaw = f"cannot be read: {problem}"[:200]
    at = next((place for place, (one, other) in enumerate(zip(sent, made, strict=False)) if one != other), None)
    return flaw or f"differs from byte {(min(len(sent), len(made)) if at is None else at) + 1} on"


def altered_figure(name: str, sent: bytes, made: Mapping[str, bytes]) -> str:
    """The first figure of a file that its sources do not give, however the file is written. Empty for none, and for a
    file that states no figures for machines. `made` are files that were made again, by name; where a PDF is none of
    them, they are those that it should have attached."""
    try:
        cells = _altered_cells(name, sent, made[name]) if name in made and name.endswith(PAGES) else ()
        return next((flaw for found in (_altered(name, sent, made), cells) for flaw in found), "")
    except MALFORMED as problem:
        return f"cannot be read: {problem}"[:200]


def _altered(name: str, sent: bytes, made: Mapping[str, bytes]) -> Iterator[str]:
    if name.endswith(".pdf") and name in made:
        yield from _attached(dict(attached_files(sent)), dict(attached_files(made[name])), _altered_values)
    elif name.endswith(".pdf"):
        for each, data in (pair for pair in attached_files(sent) if ALL.fullmatch(pair[0])):
            yield from (f"in the file {each} attached to it, {flaw}" for flaw in _altered(each, data, made))
    states_all = ALL.fullmatch(name)
    if not (states_all or name.lower().endswith(".csv")):
        return
    if name not in made:
        yield "was added: nothing in the package gives it"
    elif states_all:
        due, stated = (_figures(name, content) for content in (made[name], sent))
        # An earlier version wrote down no zeros that are worked out.
        due = {each: line for each, line in due.items() if each in stated or line["status"] != WORKED_OUT}
        yield from figure_differences(due, stated, STATED)
        if name.endswith(".json"):
            one, other = (json.loads(each, object_pairs_hook=_wordless) for each in (sent, made[name]))
            yield from _members("", *({key: each.get(key) for key in JSON_STATES} for each in (one, other)))
        elif name.endswith(".xlsx"):
            yield from _sheets(sent, made[name])
    else:
        one, other = _table(sent), _table(made[name])
        heads = (one or [[]])[0]
        known = [head for head in (other or [[]])[0] if not WORDS.fullmatch(head) and (head in heads or head != LATER)]
        if lacking := [head for head in known if head not in heads]:
            yield f"has no column {lacking[0]!r}"
        else:
            yield from _rows(_columns(one, known), _columns(other, known))


def _altered_cells(name: str, sent: bytes, made: bytes) -> Iterator[str]:
    """The numbers of a page that stand at a figure, in a table or in the data of a chart, and are not those of the page
    made again. An earlier version printed no zeros that are worked out."""
    try:
        due, stated = read_numbers(name, made).numbers, read_numbers(name, sent).numbers
    except MALFORMED:
        return
    known: dict[tuple[object, ...], set[Decimal | None]] = {}
    for each in due:
        known.setdefault((each.country, each.figures, each.year), set()).add(each.value)
    for each in stated:
        values = known.get((each.country, each.figures, each.year), {each.value})
        if each.value is not None and each.value not in values and (each.value or values != {None}):
            there = next((value for value in values if value is not None), None)
            place = f"{' + '.join(each.figures)}{f' {each.year}' if each.year else ''}"
            yield f"{place} is {value_text(each.value)} in {each.place}, made again {value_text(there)}"


def _wordless(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {key: value for key, value in pairs if not WORDS.fullmatch(key)}


def _sheets(sent: bytes, made: bytes) -> Iterator[str]:
    """The numbers of a workbook that differ, where a row has the same name in the same place."""
    due = {name: list(rows) for name, rows in sheet_rows(made)}
    for name, rows in sheet_rows(sent):
        for number, (one, other) in enumerate(zip(list(rows), due.get(name, []), strict=False), 1):
            if next(filter(None, one), "") == next(filter(None, other), ""):
                for here, there in zip_longest(one, other, fillvalue=""):
                    if here != there and (NUMERIC.fullmatch(here) or NUMERIC.fullmatch(there)):
                        place = f"{name.rpartition('/')[2]}, row {number} ({next(filter(None, other), '')})"
                        yield f"{place}: is {value_text(here)}, made again {value_text(there)}"


def altered_labels(sent: str, made: str) -> Iterator[str]:
    """The labels of a package that its sources do not give, but for those that nothing can prove. Of what is in words,
    it is only compared whether it is there."""
    one, other = ([line.partition(": ") for line in text.splitlines()] for text in (sent, made))
    for label in dict.fromkeys(name for name, _, _ in (*one, *other) if name not in UNPROVABLE):
        here, there = (", ".join(text for name, _, text in each if name == label) for each in (one, other))
        if here != there and not (WORDS.fullmatch(label) and here and there):
            yield f"{label} is {value_text(here)}, made again {value_text(there)}"


def _table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode()), strict=True))


def _columns(table: list[list[str]], known: list[str]) -> list[list[str]]:
    places = [table[0].index(head) for head in known]
    return [[row[place] for place in places if place < len(row)] for row in table]


def _figures(name: str, content: bytes) -> Figures:
    if name.endswith(".csv"):
        return figures_of(read_lines(io.StringIO(content.decode(), newline="")))
    return read_workbook(content) if name.endswith(".xlsx") else read_json(content)


def _differences(name: str, sent: bytes, made: bytes) -> Iterator[str]:
    ending = name[name.rfind(".") :].lower()
    if ending == ".csv":
        yield from _rows(_table(sent), _table(made))
    elif ending == ".json":
        yield from _members("", json.loads(sent), json.loads(made))
    elif TEXT.fullmatch(name.lower()):
        yield from _lines(sent.decode(), made.decode())
    elif ending == ".pdf":
        if sent.startswith(made) and (flaw := signing_flaw(made, sent)):
            yield flaw
        yield from _attached(dict(attached_files(sent)), dict(attached_files(made)))
        for number, (one, other) in enumerate(zip_longest(page_texts(sent), page_texts(made)), 1):
            if one is None or other is None:
                yield f"page {number} {'was added' if other is None else 'is missing'}"
            elif one != other:
                yield f"page {number}: {_changed(one, other)}"


def _rows(sent: list[list[str]], made: list[list[str]]) -> Iterator[str]:
    heads = made[0] if made else []
    nothing: list[str] = []
    for number, (one, other) in enumerate(zip_longest(sent, made, fillvalue=nothing), 1):
        if one == other:
            continue
        known = other or one
        named = f"line {number} ({', '.join(each for each in known[:NAMING] if each)})"
        if len(one) != len(other):
            yield f"{named} {'was added' if not other else 'is missing' if not one else 'has other columns'}"
        for head, here, there in zip(heads, one, other, strict=False):
            if here != there:
                yield f"{named}: {head} is {value_text(here)}, made again {value_text(there)}"


def _members(place: str, sent: object, made: object) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(made, dict):
        for key in dict.fromkeys((*made, *sent)):
            way = f"{place}.{key}".lstrip(".")
            if key not in sent or key not in made:
                yield f"{way} {'is missing' if key not in sent else 'was added'}"
            else:
                yield from _members(way, sent[key], made[key])
    elif isinstance(sent, list) and isinstance(made, list):
        for number, (one, other) in enumerate(zip(sent, made, strict=False)):
            yield from _members(f"{place}[{number}]", one, other)
        if len(sent) != len(made):
            yield f"{place} has {len(sent)} entries, made again {len(made)}"
    elif sent != made or type(sent) is not type(made):
        yield f"{place} is {value_text(sent)}, made again {value_text(made)}"


def _lines(sent: str, made: str) -> Iterator[str]:
    pairs = zip_longest(sent.splitlines(), made.splitlines(), fillvalue=None)
    for number, (one, other) in enumerate(pairs, 1):
        if one is None or other is None:
            yield f"line {number} {'was added' if other is None else 'is missing'}: {_cut(other or one or '')}"
        elif one != other:
            yield f"line {number}: {_changed(one, other)}"


def _changed(sent: str, made: str) -> str:
    """The words of two lines that differ first; those within tags only where nothing else differs."""
    here, there = (TAG.sub(" ", each).split() for each in (sent, made))
    if here == there:
        here, there = sent.split(), made.split()
    here, there = here[:MOST_WORDS], there[:MOST_WORDS]
    for kind, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind != "equal":
            before = " ".join(here[max(0, i - 3) : i])[-AROUND:]
            return f"after “{before}” it says “{_cut(here[i:j])}”, made again “{_cut(there[k:m])}”"
    return "blanks differ"


def _cut(words: Iterable[str]) -> str:
    text = words if isinstance(words, str) else " ".join(words)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _altered_values(name: str, sent: bytes, made: bytes) -> str:
    return altered_figure(name, sent, {name: made}) if name.endswith(".csv") else first_difference(name, sent, made)


def _attached(
    sent: Mapping[str, bytes], made: Mapping[str, bytes], tell: Callable[[str, bytes, bytes], str] = first_difference
) -> Iterator[str]:
    for name in dict.fromkeys((*made, *sent)):
        if name not in sent or name not in made:
            yield f"the file {name} attached to it {'is missing' if name not in sent else 'was added'}"
        elif sent[name] != made[name] and (flaw := tell(name, sent[name], made[name])):
            yield f"in the file {name} attached to it, {flaw}"
