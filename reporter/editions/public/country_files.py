"""The files of a country, and what they withhold."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from reporter.data.errors import Finding, Mark, error_at
from reporter.data.files.sources import DATA, YEAR, SourceFile, Sources
from reporter.data.read.text import (
    LINE,
    MACHINE_LINE,
    SIGN,
    WordingBlock,
    read_passages,
    replace_comments,
    wording_blocks,
)
from reporter.data.read.yaml_tree import (
    FLOW_LIST,
    FLOW_MAPPING,
    LIST,
    MAPPING,
    ReadError,
    YamlEntry,
    YamlNode,
    decode,
    yaml_nodes,
    yaml_text,
)
from reporter.data.read.year import FILE as PROTECTION
from reporter.data.records import Audience, Passage
from reporter.data.records.observation import Key
from reporter.data.write.yaml_format import AsWritten, Value, place_at
from reporter.editions.public.withheld_cells import EVERY, Cells, address_of, cells_of, read_decisions

# The first line for editors may stay: it names a schema of the program.
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.json[ \t]*\r?\n")
PROPERTIES = ("&", "!", "*")
ODD_KEYS = (*PROPERTIES, "{", "[", "|", ">", "?")
# The changed entry, or None if removed.
Change = Callable[[YamlEntry], YamlEntry | None]


class RewriteError(Exception):
    """It cannot be proved what a text discloses. `at` is the place."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(at)
        self.at = at


def changed(node: YamlNode, change: Change) -> YamlNode | None:
    """A list or mapping with its entries changed. None when nothing is left."""
    entries = tuple(filter(None, map(change, node.entries)))
    return replace(node, entries=entries) if entries or not node.entries else None


def changed_within(entry: YamlEntry, change: Change) -> YamlEntry | None:
    value = changed(entry.value, change)
    return replace(entry, value=value) if value else None


def changed_below(root: YamlNode, key: str, change: Change) -> YamlNode | None:
    """A file with the entries below a key changed."""
    return changed(root, lambda top: changed_within(top, change) if top.key == key else top)


def put(entry: YamlEntry, value: Value) -> YamlEntry:
    return replace(entry, value=_new(value))


def _new(value: Value) -> YamlNode:
    if isinstance(value, AsWritten):
        raise TypeError(value)
    if isinstance(value, str):
        return YamlNode(0, 0, "", value)
    pairs = value.items() if isinstance(value, Mapping) else ((str(at), item) for at, item in enumerate(value))
    inner = tuple(YamlEntry(0, 0, key, _new(item)) for key, item in pairs)
    is_flow = all(entry.value.is_text for entry in inner)
    if isinstance(value, Mapping):
        return YamlNode(0, 0, FLOW_MAPPING if is_flow else MAPPING, entries=inner)
    return YamlNode(0, 0, FLOW_LIST if is_flow else LIST, entries=inner)


# Proving is slow, and the same files are requested again and again.
@lru_cache(maxsize=512)
def rewritten(head: str, path: str, wanted: YamlNode) -> str:
    """The rest of a file as text, below its first line. Raises RewriteError when it would not read as intended."""
    text = yaml_text(wanted)
    schema = SCHEMA.match(head)
    text = f"{schema[0].rstrip()}\n{text}" if schema else text
    try:
        now = yaml_nodes(text, path)
    except ReadError:
        raise RewriteError from None
    if now is None or _plain(now) != _plain(wanted):
        raise RewriteError
    return text


def _plain(node: YamlNode) -> object:
    """The content of a value, without its place and style."""
    if node.is_text:
        return node.text
    return node.is_list, [("" if node.is_list else entry.key, _plain(entry.value)) for entry in node.entries]


def _all_entries(node: YamlNode) -> Iterator[tuple[YamlEntry, bool]]:
    for entry in node.entries:
        yield entry, not node.is_list
        yield from _all_entries(entry.value)


OPENED = "<!--"
NO_LINE_END = re.compile(r"[^\r\n]+")


def for_restricted(text: str, path: str) -> str:
    """A narrative without the wordings for the public. Marks that form no block stay, and are found on reading."""
    return _without(text, wording_blocks(text, path)[0], Audience.PUBLIC)


def for_public(text: str, path: str) -> str:
    """A narrative without restricted parts and comments. Raises ReadError with the first mark that does not form a
    block, because it is unknown what it was to withhold."""
    blocks, findings = wording_blocks(text, path)
    if findings:
        raise ReadError(findings[0])
    return without_remarks(_without(without_remarks(text), blocks, Audience.RESTRICTED))


def without_remarks(text: str) -> str:
    """A narrative with empty comments, but for those on translations by machine: headings may wait for a text."""
    text = replace_comments(
        text, lambda match: match[0] if match[0] == MACHINE_LINE else f"{OPENED}{NO_LINE_END.sub('', match[0])} -->"
    )
    closed, opened, open_end = text.rpartition("-->")
    # An unclosed comment is an error for every reader, and may be meant to hide the rest.
    at = open_end.find(OPENED)
    return text if at < 0 else f"{closed}{opened}{open_end[:at]}{OPENED}{NO_LINE_END.sub('', open_end[at:])}"


def _without(text: str, blocks: Sequence[WordingBlock], audience: Audience) -> str:
    if not blocks:
        return text
    gone = {number for wording_block in blocks for number in (wording_block.first, wording_block.last)}
    for block in blocks:
        gone |= set(range(block.first, block.last)) if block.audience is audience else set()
    lines, ends = LINE.split(text), [*LINE.findall(text), ""]
    return "".join(f"{'' if number in gone else line}{ends[number]}" for number, line in enumerate(lines))


NOT_READ = "withheld-unread"
PLAINLY = "write it more simply, as reporter check explains; until then, public editions contain nothing of the file"
COUNTRY = "country.yaml"
TEXT = ".md"
# In every file that withholds anything; within quotes, letters may be written as numbers.
SIGNS = (b"onfi", b"ONFI", b"uppressed", b"UPPRESSED", b"\\")
LAW = "law."
NARRATIVE = re.compile(rf"{DATA}/[^/]+/text/(?P<language>[^/]+)/(?P<year>[12]\d{{3}})\.md", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A parsed file of a country. `year` is 0 for the file of law and offices."""

    text: str
    root: YamlNode
    year: int = EVERY


@dataclass(frozen=True, slots=True)
class CountryFiles:
    """The files of a country by path, and what they withhold. With a `problem`, no file may be shown."""

    files: Mapping[str, ParsedFile]
    unread: Mapping[str, Finding]
    cells: Cells
    problem: Finding | None
    withholds: bool
    narratives: Mapping[str, SourceFile]

    def passages(self, resolve: Callable[[str, str], str]) -> tuple[Passage, ...]:
        passages: list[Passage] = []
        for path, file in self.narratives.items():
            named = NARRATIVE.fullmatch(path)
            if named and not file.finding:
                try:
                    text = resolve(decode(file.content, path), path)
                except ReadError:
                    continue
                passages += read_passages(text, path, named["language"], int(named["year"]))[0]
        return tuple(passage for passage in passages if passage.markdown.strip() or passage.headline)

    @property
    def has_wordings(self) -> bool:
        return any(map(has_wordings, self.narratives.values()))


def may_withhold(sources: Sources) -> bool:
    """Whether anything can be withheld, without parsing."""
    for path, file in sources.items():
        if path.startswith(f"{DATA}/") and path.count("/") > 1:
            signs = (SIGN.encode(),) if is_text(path) else SIGNS
            if PROTECTION.fullmatch(path) or any(sign in file.content for sign in signs):
                return True
    return False


def is_text(path: str) -> bool:
    return path.lower().endswith(TEXT)


def has_wordings(file: SourceFile) -> bool:
    return SIGN.encode() in file.content


def read_country_files(sources: Sources, also: Collection[Key]) -> Mapping[str, CountryFiles]:
    by_country: dict[str, dict[str, SourceFile]] = defaultdict(dict)
    for path, file in sources.items():
        if path.startswith(f"{DATA}/") and path.count("/") > 1:
            by_country[path.split("/")[1]][path] = file
    return {code: _read(code, files, also) for code, files in by_country.items()}


def untold(message: str, mark: Mark, hint: str = PLAINLY) -> Finding:
    return error_at(mark, NOT_READ, message, hint)


def parse_plainly(content: bytes, path: str) -> tuple[str, YamlNode | None]:
    """The text of a file and its nodes. Raises ReadError, without any content, when unreadable or hiding content."""
    outcome = _parsed(content, path)
    if isinstance(outcome, Finding):
        raise ReadError(outcome)
    return outcome


# A comparison has the files of several countries and many years.
@lru_cache(maxsize=256)
def _parsed(content: bytes, path: str) -> tuple[str, YamlNode | None] | Finding:
    text = ""
    try:
        text = decode(content, path)
        if root := yaml_nodes(text, path):
            # Anchors, aliases, tags, keys that are not words, directives and further documents may hide something.
            if text[root.start : root.start + 1] in PROPERTIES:
                raise RewriteError(root.start)
            for entry, is_key in _all_entries(root):
                if text[entry.value.start : entry.value.start + 1] in PROPERTIES and not entry.value.is_empty:
                    raise RewriteError(entry.value.start)
                if is_key and (not entry.key or text[entry.start] in ODD_KEYS):
                    raise RewriteError(entry.start)
    except ReadError as problem:
        return untold("cannot be read, so it is unknown what it withholds", problem.finding.mark)
    except RewriteError as problem:
        message = "is written so that what it withholds cannot be proved"
        return untold(message, place_at(text, path, problem.at))
    return text, root


def _read(code: str, files: Mapping[str, SourceFile], also: Collection[Key]) -> CountryFiles:
    parsed: dict[str, ParsedFile] = {}
    unread: dict[str, Finding] = {}
    for path, file in files.items():
        year = _year_of(path, code)
        if year is None or file.finding:
            continue
        try:
            text, root = parse_plainly(file.content, path)
        except ReadError as refused:
            unread[path] = refused.finding
            continue
        if root:
            parsed[path] = ParsedFile(text, root, year)
    numbers, places, problem = _decisions(files)
    also = {*also, *(key for key, number in numbers.items() if not number)}
    of_files = partial(
        cells_of,
        {parsed_file.year: parsed_file.root for parsed_file in parsed.values() if parsed_file.year},
        next((parsed_file.root for parsed_file in parsed.values() if not parsed_file.year), None),
        {(address_of(address), EVERY if address.startswith(LAW) else year) for address, year in also},
        {key: number for key, number in numbers.items() if number},
    )
    cells = of_files(())
    narratives = {path: file for path, file in files.items() if is_text(path)}
    withholds = bool(cells or problem) or any(map(has_wordings, narratives.values()))
    withholds = withholds or any(sign in files[path].content for path in unread for sign in SIGNS)
    if unread and withholds:
        cells = of_files([_year_of(path, code) or EVERY for path in unread])
    for (address, year), mark in places.items():
        is_stated = (address, year) in cells.stated or year in cells.unread or (address, EVERY) in cells.stated
        if not (is_stated or problem):
            problem = _unfollowed(mark, f"{address} of {year} is in no file of that or a later year")
    return CountryFiles(
        files=parsed,
        unread=unread,
        cells=cells,
        problem=problem,
        withholds=withholds or problem is not None,
        narratives=narratives,
    )


def _decisions(files: Mapping[str, SourceFile]) -> tuple[Mapping[Key, str], Mapping[Key, Mark], Finding | None]:
    """The decisions on each value with places: the number printed instead, empty if withheld; and the first problem."""
    numbers: dict[Key, str] = {}
    places: dict[Key, Mark] = {}
    problem: Finding | None = None
    for path, file in files.items():
        if not (match := PROTECTION.fullmatch(path)):
            continue
        try:
            if file.finding:
                raise ReadError(file.finding)
            text, root = parse_plainly(file.content, path)
        except ReadError as unread:
            problem = problem or _unfollowed(unread.finding.mark, "the file cannot be read")
            continue
        for key, number, at in read_decisions(root, int(match[2])):
            if key[0]:
                places[key] = place_at(text, path, at)
                # A value withheld in one file is rounded in none.
                numbers[key] = number if numbers.get(key, number) else ""
            else:
                problem = problem or _unfollowed(place_at(text, path, at), "the line cannot be read")
    return numbers, places, problem


def _unfollowed(mark: Mark, why: str) -> Finding:
    hint = "correct or remove the line; until then, public editions contain no figures of the country"
    return untold(f"withheld figures cannot be determined: {why}", mark, hint)


def _year_of(path: str, code: str) -> int | None:
    """The year of a file of figures, 0 for that of law, None for any other file."""
    name = path.removeprefix(f"{DATA}/{code}/")
    if name == COUNTRY:
        return EVERY
    match = YEAR.fullmatch(name)
    return int(match[1]) if match else None
