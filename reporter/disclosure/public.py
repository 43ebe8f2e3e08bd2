"""Make the snapshot that an audience may see. In that of the public no withheld value is left, and nothing that tells
more of it than that there is one."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from reporter.check.rereading import paragraphs, reread
from reporter.disclosure.country_files import (
    CountryFiles,
    ParsedFile,
    for_public,
    for_restricted,
    has_wordings,
    is_text,
    may_withhold,
    parse_plainly,
    read_country_files,
    untold,
)
from reporter.disclosure.decision_file import SEED, DecisionFile
from reporter.disclosure.neutral_words import neutral_reason
from reporter.disclosure.rewriting import GONE, Change, Changes, Plain, RewriteError, changed, plain_of, rewritten, spot
from reporter.disclosure.withheld_cells import (
    EVERY,
    SUPPRESSED,
    YEAR,
    Cells,
    StatedValue,
    address_of,
    counts_of,
    is_breakdown,
    is_code_key,
    is_coded,
    parts_of,
    text_of,
    total_of,
    within,
)
from reporter.edit.handwriting import Value
from reporter.errors import EVERY_YEAR, Finding, Mark
from reporter.files.published import folder_of
from reporter.files.received import is_received
from reporter.files.sources import DATA, SETTINGS, TRANSLATIONS, SourceFile, Sources
from reporter.files.store import Memory
from reporter.files.top_keys import lines_of_keys
from reporter.load.amount import WORDS
from reporter.load.permissions import KEY
from reporter.load.text_names import named_text
from reporter.load.withholding import FILE as PROTECTION
from reporter.load.yaml_nodes import YamlEntry, YamlNode
from reporter.load.yaml_tree import ReadError, decode
from reporter.model import Audience, Flag, Label, Wording
from reporter.model.country import UNREAD_TEXT
from reporter.model.label import OFFICIAL
from reporter.model.seen import Key

# They say how the series is defined, and nothing of the value.
DEFINING = (Flag.BREAK, Flag.DEFINITION_DIFFERS)
# Keys of a figure that say nothing of its total, or may be true of its parts.
OF_SERIES = ("flags", "definition", "period", "incomplete", "part_of")
ANSWERS = ("rule", "figure", "year", "comparable")
Words = Callable[[], Mapping[str, str]]
Pairs = Iterator[tuple[YamlEntry, Change]]


@dataclass(frozen=True, slots=True)
class Redaction:
    """What changes in a file of a country. `neutral` is the reason that stands for those which may tell a value, by
    language."""

    cells: Cells
    file: int
    neutral: Words

    def changes(self, root: YamlNode) -> dict[tuple[int, int], Change]:
        found: dict[tuple[int, int], Change] = {}
        for top in root.entries:
            made = self._changed(top)
            taken = {spot(entry): new for entry, new in made}
            gone = [each for each in top.value.entries if taken.get(spot(each)) is GONE]
            found |= {spot(top): GONE} if gone and len(gone) == len(top.value.entries) else taken
        return found

    def _changed(self, top: YamlEntry) -> Pairs:
        if top.key == "figures":
            for figure in top.value.entries:
                yield from self._figure(figure)
        elif top.key in ("activities", "provisions"):
            for owner in top.value.entries:
                yield from self._owner(owner, "law" if top.key == "provisions" else top.key)
        elif top.key == "earlier":
            yield from self._earlier(top)
        elif top.key in ("revisions", "differences", "accepted"):
            for each in top.value.entries:
                yield from self._accepted(each) if top.key == "accepted" else self._repeated(top.key, each)

    def _repeated(self, kind: str, entry: YamlEntry) -> Pairs:
        key = self._key(entry.value, 0 if kind == "revisions" else self.file)
        if key is None or self.cells.alters(*key, self.file):
            yield entry, GONE
        elif kind == "revisions" and self.cells.shown.get(key) == self.file:
            yield from ((each, SUPPRESSED) for each in entry.value.entries if each.key == "was")

    def _key(self, item: YamlNode, usual: int) -> tuple[str, int] | None:
        """The value that an entry is about. None where it does not say so."""
        figure, year = text_of(item, "figure"), text_of(item, "year")
        year = year if year or not usual else str(usual)
        return (address_of(figure), int(year)) if figure and YEAR.fullmatch(year) else None

    # -- figures and counts

    def _figure(self, figure: YamlEntry) -> Pairs:
        parts = list(parts_of(figure))
        hidden = [each for each in parts if self.cells.hides(each.address, self.file, self.file)]
        yield from (pair for each in parts for pair in self._part(each, self.file))
        yield from (
            (each, GONE)
            for breakdown in figure.value.entries
            if is_breakdown(breakdown)
            for each in _codes(breakdown.value)
        )
        total = total_of(figure)
        if self.cells.hides(total.address, self.file, self.file):
            told = any(each.is_number for each in parts if each not in hidden)
            yield from self._hidden_total(figure, total, told=told)
        elif self._is_rounded(total, self.file):
            yield from self._rounded(total, "total", self.file)

    def _hidden_total(self, figure: YamlEntry, total: StatedValue, *, told: bool) -> Pairs:
        """What is left of a figure without its total. What its parts share with it stays where one of them is
        `told`."""
        word = self._word(total, self.file)
        if figure.value.is_text or figure.value.is_list:
            yield figure, word
            return
        left = dict(self._left_of(figure, word, told=told))
        if all(each.key == "total" or left.get(spot(each)) is GONE for each in figure.value.entries):
            yield figure, word
        else:
            yield from ((each, left[spot(each)]) for each in figure.value.entries if spot(each) in left)

    def _left_of(self, figure: YamlEntry, word: str, *, told: bool) -> Iterator[tuple[tuple[int, int], Change]]:
        for each in figure.value.entries:
            if each.key == "total":
                yield spot(each), word
            elif each.key == "flags" and not told:
                yield spot(each), _defining(each.value) or GONE
            elif not (is_breakdown(each) or each.key in OF_SERIES or (each.key == "source" and told)):
                yield spot(each), GONE

    def _owner(self, owner: YamlEntry, family: str) -> Pairs:
        year = EVERY if family == "law" else self.file
        counts = list(counts_of(owner, family))
        for each in counts:
            yield from self._part(each, year)
        if any(self.cells.hides(each.address, year, self.file) for each in counts):
            yield from ((each, GONE) for each in owner.value.entries if each.key == "note")
        yield from ((each, GONE) for each in _codes(owner.value))

    def _part(self, part: StatedValue, year: int) -> Pairs:
        node = part.entry.value
        if self.cells.hides(part.address, year, self.file):
            flags: list[Value] = [each for at in node.entries if at.key == "flags" for each in _defining(at.value)]
            within_another = text_of(node, "part_of")
            word = self._word(part, year)
            more: dict[str, Value] = {"flags": flags} if flags else {}
            more |= {"part_of": within_another} if within_another else {}
            yield part.entry, {"value": word, **more} if more else word
        elif self._is_rounded(part, year):
            yield from self._rounded(part, "value", year)

    def _rounded(self, seen: StatedValue, key: str, year: int) -> Pairs:
        about = f"about {self.cells.rounded[seen.address, year]}"
        if seen.entry.value.is_text:
            yield seen.entry, about
        yield from ((each, about) for each in seen.entry.value.entries if each.key == key)

    def _is_rounded(self, seen: StatedValue, year: int) -> bool:
        key = (seen.address, year)
        return key in self.cells.rounded and (seen.is_number or key in self.cells.numbers)

    def _word(self, seen: StatedValue, year: int) -> str:
        """What is written for a withheld value. Of what nobody said that it is missing."""
        has_number = seen.is_number or (seen.address, year) in self.cells.numbers
        word = seen.text.strip().lower()
        return SUPPRESSED if has_number or word not in WORDS else word

    # -- what other entries repeat

    def _earlier(self, top: YamlEntry) -> Pairs:
        for year in top.value.entries:
            known = int(year.key) if YEAR.fullmatch(year.key) else None
            for each in year.value.entries:
                if known is None or self.cells.alters(address_of(each.key), known, self.file):
                    yield each, SUPPRESSED

    def _accepted(self, entry: YamlEntry) -> Pairs:
        item = entry.value
        key = self._key(item, self.file)
        values = _values(item)
        if key is None or values is None:
            yield entry, GONE
            return
        hidden = {(year, address) for year, address, _ in values if self._alters(address, year)}
        has_words = bool(text_of(item, "words"))
        if has_words and (hidden or self.cells.hides_any(*key, self.file)):
            yield entry, GONE
            return
        if not (hidden or self.cells.alters(*key, self.file)):
            return
        plain_values: dict[str, dict[str, Value]] = {}
        for year, address, text in values:
            plain_values.setdefault(year, {})[address] = SUPPRESSED if (year, address) in hidden else text
        made: dict[str, Value] = {name: text for name in ANSWERS if (text := text_of(item, name))}
        yield entry, made | ({"values": plain_values} if plain_values else {}) | {"reason": dict(self.neutral())}

    def _alters(self, written: str, year: str) -> bool:
        address = address_of(written)
        if year == EVERY_YEAR:
            keys = (*self.cells.withheld, *self.cells.rounded, *self.cells.shown)
            return any(address == each for each, _ in keys)
        return not YEAR.fullmatch(year) or self.cells.alters(address, int(year), self.file)


def is_code_left(node: YamlNode, changes: Changes) -> bool:
    """Whether something is still said to be withheld where changes are made. It stands where nobody can read of which
    value."""
    left = [each for each in node.entries if spot(each) not in changes]
    return is_coded(replace(node, entries=tuple(left))) or any(is_code_left(each.value, changes) for each in left)


def _values(item: YamlNode) -> Sequence[tuple[str, str, str]] | None:
    """The values that an entry rests on. None where nobody can read them."""
    found = []
    for year in within(item, "values"):
        for each in year.value.entries:
            if not each.value.is_text:
                return None
            found.append((year.key, each.key, each.value.text))
        if year.value.is_text or year.value.is_list:
            return None
    return found


def _codes(holder: YamlNode) -> list[YamlEntry]:
    return [each for each in holder.entries if is_code_key(each.key)] if is_coded(holder) else []


def _defining(flags: YamlNode) -> list[Value]:
    return [each.value.text for each in flags.entries if each.value.text in DEFINING]


HOLDS, TEXTS = "still_holds", "texts"
Data = str | list["Data"] | dict[str, "Data"]


def changes_of(country: CountryFiles, neutral: Words) -> Mapping[str, Changes]:
    made: dict[str, Changes] = {
        path: Redaction(country.cells, each.year, neutral).changes(each.root) for path, each in country.files.items()
    }
    if country.has_wordings:
        for path, each in country.files.items():
            made[path] = {**made[path], **dict(_untold(each, country))}
    holding = {path: each for path, each in country.files.items() if any(within(each.root, HOLDS))}
    if not holding:
        return made
    told, left = _wordings(country, {key: {} for key in made}), _wordings(country, made)
    lost = country.lost_texts()
    if told == left and not lost:
        return made
    confirmed = reread(country.passages(for_public), left)
    for path, file in holding.items():
        # Only a text that an earlier year has can be confirmed.
        still = {each.name for each in confirmed.get(file.year, ()) if each.is_reused}
        gone = {each.name for each in told if each.year == file.year} - still | lost
        made[path] = {**made[path], **dict(_confirmed(file, gone))}
    return made


def _untold(file: ParsedFile, country: CountryFiles) -> Iterator[tuple[tuple[int, int], Change]]:
    known = {each.words for passage in country.passages(for_public) for each in paragraphs(passage)}
    entries = list(within(file.root, "accepted"))
    gone: list[YamlEntry] = []
    for each in entries:
        words = " ".join(text_of(each.value, "words").split())
        is_of_text = text_of(each.value, "figure").startswith("text.")
        if words and is_of_text and not any(words.endswith(text) or words in text for text in known):
            gone.append(each)
    if gone and len(gone) == len(entries):
        yield from ((spot(top), GONE) for top in file.root.entries if top.key == "accepted")
    yield from ((spot(each), GONE) for each in gone)


def _wordings(country: CountryFiles, changes: Mapping[str, Changes]) -> tuple[Wording, ...]:
    found: list[Wording] = []
    for path, each in country.files.items():
        # A file that cannot be rewritten is left out of the public files.
        with suppress(RewriteError):
            data = _data(plain_of(changed(each.root, changes[path]))) if each.year else {}
            made = (Wording(Mark(path), Label(texts), keys) for keys, texts in _texts(data, ()))
            found += [named_text(one, data, each.year) for one in made]
    return tuple(found)


def _data(plain: Plain) -> Data:
    """Plain values as lists and dicts. Of a key that is written twice, the first is read."""
    if isinstance(plain, str):
        return plain
    sign, entries = plain
    return [_data(each) for _, each in entries] if sign == "[" else {key: _data(each) for key, each in entries[::-1]}


def _texts(data: Data, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    if isinstance(data, dict) and data and data.keys() <= OFFICIAL:
        yield keys, tuple((language, text) for language, text in data.items() if isinstance(text, str))
    elif not isinstance(data, str):
        for key, each in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(each, (*keys, str(key)))


def _confirmed(file: ParsedFile, gone: set[str]) -> Iterator[tuple[tuple[int, int], Change]]:
    entries = list(within(file.root, HOLDS))
    left = {spot(each): [text for text in _named(each) if text not in gone] for each in entries}
    altered = [each for each in entries if left[spot(each)] != list(_named(each))]
    if altered and not any(left.values()):
        yield from ((spot(top), GONE) for top in file.root.entries if top.key == HOLDS)
    for each in altered:
        kept: list[Value] = [*left[spot(each)], f"{UNREAD_TEXT}.{file.year}"] if left[spot(each)] else []
        yield from ((spot(at), kept) for at in each.value.entries if at.key == TEXTS and kept)
        yield from () if kept else ((spot(each), GONE),)


def _named(entry: YamlEntry) -> Iterator[str]:
    for each in entry.value.entries:
        if each.key == TEXTS:
            yield from (one.value.text for one in each.value.entries)


def permissions_left(root: YamlNode, cells: Mapping[str, Cells]) -> Changes:
    """The changes of `reporter.yaml`: permissions without withheld figures."""
    made: dict[tuple[int, int], Change] = {}
    entries = list(within(root, KEY))
    for each in entries:
        known = cells.get(text_of(each.value, "country"), Cells())
        for figures in (at for at in each.value.entries if at.key == "figures"):
            names = [at.value.text for at in figures.value.entries]
            left: list[Value] = [name for name in names if not _is_withheld(name, each.value, known)]
            if len(left) < len(names):
                made |= {spot(figures): left} if left else {spot(each): GONE}
    is_empty = bool(entries) and all(made.get(spot(each)) is GONE for each in entries)
    return {spot(top): GONE for top in root.entries if top.key == KEY} if is_empty else made


def _is_withheld(name: str, permission: YamlNode, cells: Cells) -> bool:
    first, _, last = text_of(permission, "years").partition("/")
    is_span = YEAR.fullmatch(first) and YEAR.fullmatch(last or first)
    span = range(int(first), int(last or first) + 1) if is_span else None
    keys = (*cells.withheld, *cells.rounded, *cells.shown)
    return any(address == address_of(name) and (span is None or year in span) for address, year in keys)


OF_COUNTRY = re.compile(rf"{DATA}/[^/]+/country\.yaml")
ASKING = "agencies"
AGENCIES = re.compile(rb"""["']?agencies["']?\s*:""")
# What a file holds that says anything of agencies; within quotes, letters may be written by their numbers.
MAY_ASK = (ASKING.encode(), b"\\")
SHARED = (SETTINGS, f"{DATA}/catalogue.yaml")
RESTING_ON = (SETTINGS, f"{DATA}/", f"{TRANSLATIONS}/")
# Proving takes longer than all else, and the same files are asked for again and again.
KNOWN, REWRITTEN = Memory(), Memory()


def for_audience(sources: Sources, audience: Audience, also: Collection[Key] = ()) -> Sources:
    """The files of an edition as an audience may see them. `also` are figures withheld from the public besides, by
    address and year. Where nothing is withheld, it is the snapshot itself. Of agencies there is nothing for anybody."""
    return for_checking(_laid_over(sources, dict(_without_agencies(sources))), audience, also)


def for_checking(sources: Sources, audience: Audience, also: Collection[Key] = ()) -> Sources:
    if audience is Audience.RESTRICTED:
        return _laid_over(sources, dict(_restricted(sources)))
    if not (also or may_withhold(sources)):
        return sources
    told = {path: file.sha256 for path, file in sources.items() if path.startswith(RESTING_ON)}
    return _laid_over(sources, KNOWN.recall(f"{told} {sorted(also)}", lambda: dict(_told(sources, also))))


def _laid_over(sources: Sources, made: Mapping[str, SourceFile | None]) -> Sources:
    kept = {path: made.get(path, file) for path, file in sources.items()}
    return Sources({path: file for path, file in kept.items() if file}) if made else sources


def _without_agencies(sources: Sources) -> Iterator[tuple[str, SourceFile | None]]:
    """The files of countries without who answers what, and what they sent. It is in no report; there are addresses in
    it, and numbers that nobody else may know."""
    for path, file in sources.items():
        if is_received(path):
            yield path, None
        elif OF_COUNTRY.fullmatch(path) and any(each in file.content for each in MAY_ASK):
            left = _not_asking(file.content, path)
            if left != file.content:
                yield path, SourceFile(path, partial(_not_asking, file.content, path))


def _not_asking(content: bytes, path: str) -> bytes | Finding:
    """The file of a country without who answers what. Where that cannot be told apart by lines, nobody gets the
    file."""
    left = lines_of_keys(content, lambda line: not AGENCIES.match(line))
    try:
        _, root = parse_plainly(left, path)
    except ReadError:
        # Who cannot read the file finds no agencies in it either.
        return left
    if root and any(each.key == ASKING for each in root.entries):
        message = f"{ASKING}: does not begin a line of its own, so it cannot be kept out of what is published"
        return untold(message, Mark(path), f"write {ASKING}: at the beginning of a line, and below it the agencies")
    return left


def _restricted(sources: Sources) -> Iterator[tuple[str, SourceFile]]:
    for path, file in sources.items():
        if _has_seed(path, file):
            yield path, _file(path, file, DecisionFile(path, decode(file.content, path)).unseeded().encode())
        elif path.startswith(f"{DATA}/") and is_text(path) and has_wordings(file):
            try:
                yield path, _file(path, file, for_restricted(decode(file.content, path), path).encode())
            except ReadError:
                continue


def _has_seed(path: str, file: SourceFile) -> bool:
    return bool(PROTECTION.fullmatch(path)) and SEED.encode() in file.content


def _told(sources: Sources, also: Collection[Key]) -> Iterator[tuple[str, SourceFile | None]]:
    """The files that are others for the public. None is for one that is not there."""
    countries = read_country_files(sources, also)
    if not any(each.withholds for each in countries.values()):
        yield from ((path, None) for path, file in sources.items() if _has_seed(path, file))
        return
    neutral = partial(neutral_reason, sources)
    changes = {path: each for country in countries.values() for path, each in changes_of(country, neutral).items()}
    for path, file in sources.items():
        is_inside = path.startswith(f"{DATA}/")
        country = countries.get(path.split("/")[1]) if is_inside else None
        if file.finding or not (is_inside or path == SETTINGS):
            continue
        if PROTECTION.fullmatch(path):
            problem = country.problem if country else None
            yield path, _unread(path, problem) if problem and problem.mark.path == path else None
        elif is_text(path):
            yield path, _narrative(path, file)
        elif path in SHARED:
            yield path, _shared(path, file, countries)
        elif country is None or path.startswith(folder_of(path.split("/")[1])):
            yield path, None
        else:
            yield path, _of_country(path, file, country, changes.get(path, {}))


def _of_country(path: str, file: SourceFile, country: CountryFiles, changes: Changes) -> SourceFile:
    problem = country.unread.get(path) or country.problem
    if problem:
        return _unread(path, problem)
    parsed = country.files.get(path)
    if parsed is None:
        # Nobody reads a file of this name, which its name tells; what it holds nobody can know.
        return SourceFile(path, lambda: b"")
    # A country's file also says in general how it withholds.
    stating = [each for each in parsed.root.entries if parsed.year or each.key == "provisions"]
    if is_code_left(replace(parsed.root, entries=tuple(stating)), changes):
        return _unread(path, untold("says of something that it is withheld, and nobody can read of what", Mark(path)))
    return _rewritten(path, file, parsed.text, parsed.root, changes)


def _shared(path: str, file: SourceFile, countries: Mapping[str, CountryFiles]) -> SourceFile:
    try:
        text, root = parse_plainly(file.content, path)
    except ReadError as problem:
        return _unread(path, problem.finding)
    if root is None:
        return SourceFile(path, lambda: b"")
    cells = {code: each.cells for code, each in countries.items()}
    return _rewritten(path, file, text, root, permissions_left(root, cells) if path == SETTINGS else {})


def _narrative(path: str, file: SourceFile) -> SourceFile:
    def resolve() -> bytes | Finding:
        try:
            return for_public(decode(file.content, path), path).encode()
        except ReadError as problem:
            return problem.finding

    return _made(path, file, REWRITTEN.recall(f"{path} {file.sha256}", resolve))


def _rewritten(path: str, file: SourceFile, text: str, root: YamlNode, changes: Changes) -> SourceFile:
    def rewrite() -> bytes | Finding:
        try:
            return rewritten(text, path, root, changes).encode()
        except RewriteError:
            return untold("is written so that nobody can prove what is left without what it withholds", Mark(path))

    return _made(path, file, REWRITTEN.recall(f"{path} {file.sha256} {sorted(changes.items(), key=str)}", rewrite))


def _made(path: str, file: SourceFile, made: bytes | Finding) -> SourceFile:
    return _unread(path, made) if isinstance(made, Finding) else _file(path, file, made)


def _unread(path: str, problem: Finding) -> SourceFile:
    """A file of which nothing is told but why. A problem of another file is named where it is."""
    if problem.mark.path != path:
        problem = replace(problem, message=f"{problem.message} ({problem.mark})", mark=Mark(path))
    return SourceFile(path, lambda: problem)


def _file(path: str, file: SourceFile, content: bytes) -> SourceFile:
    return file if content == file.content else SourceFile(path, lambda: content)
