"""Make the snapshot that an audience may see. The public one only shows that a withheld value exists."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache, partial

from reporter.check.prose_text import paragraphs, reread
from reporter.data.errors import EVERY_YEAR, Finding, Mark, ReporterError
from reporter.data.files.published import folder_of
from reporter.data.files.received import is_received
from reporter.data.files.sources import DATA, SETTINGS, TRANSLATIONS, SourceFile, Sources, lines_of_keys, packaged_file
from reporter.data.files.store import Memory
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import load_locale
from reporter.data.i18n.po_file import DOCUMENT
from reporter.data.read.amount import WORDS
from reporter.data.read.settings import PERMISSIONS
from reporter.data.read.yaml_tree import ReadError, YamlEntry, YamlNode, decode, read_scope
from reporter.data.read.year import FILE as PROTECTION
from reporter.data.read.year import named_text
from reporter.data.records import Audience, Flag, Label, Wording
from reporter.data.records.accepted import NEUTRAL_REASON
from reporter.data.records.country import UNREAD_TEXT
from reporter.data.records.label import ENGLISH, OFFICIAL
from reporter.data.records.observation import Key
from reporter.data.write.yaml_format import Value
from reporter.editions.public.country_files import (
    Change,
    CountryFiles,
    RewriteError,
    changed,
    changed_below,
    changed_within,
    for_public,
    for_restricted,
    has_wordings,
    is_text,
    may_withhold,
    parse_plainly,
    put,
    read_country_files,
    rewritten,
    untold,
)
from reporter.editions.public.withheld_cells import (
    EVERY,
    SUPPRESSED,
    YEAR,
    Cells,
    StatedValue,
    address_of,
    counts_of,
    is_breakdown,
    is_code,
    is_code_left,
    parts_of,
    text_of,
    total_of,
    within,
)
from reporter.figures.withhold.decisions import SEED, DecisionFile

# Keys of a figure that say nothing about its total, or may apply to its parts.
OF_SERIES = ("flags", "definition", "period", "incomplete", "part_of")
ANSWERS = ("rule", "figure", "year", "comparable")
Words = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is left of the files of a country. `neutral` replaces reasons that may disclose a value, by language."""

    cells: Cells
    file: int
    neutral: Words

    def top(self, top: YamlEntry) -> YamlEntry | None:
        changes: Mapping[str, Change] = {
            "figures": self._figure,
            "activities": partial(self._owner, "activities", self.file),
            "provisions": partial(self._owner, "law", EVERY),
            "earlier": lambda year: changed_within(year, partial(self._restated, year.key)),
            "revisions": self._revision,
            "differences": self._difference,
            "accepted": self._accepted,
        }
        return changed_within(top, changes[top.key]) if top.key in changes else top

    # -- figures and counts

    def _figure(self, figure: YamlEntry) -> YamlEntry | None:
        parts = {id(part.entry): part for part in parts_of(figure)}

        def of_cells(codes: YamlNode, entry: YamlEntry) -> YamlEntry | None:
            if is_code(entry, codes):
                return None
            part = parts.get(id(entry))
            return self._part(part, self.file) if part else changed_within(entry, partial(of_cells, entry.value))

        total = total_of(figure)
        left = changed_within(
            figure,
            lambda inner: changed_within(inner, partial(of_cells, inner.value)) if is_breakdown(inner) else inner,
        )
        if left and self.cells.hides(total.address, self.file, self.file):
            hidden = (self.cells.hides(part.address, self.file, self.file) for part in parts.values())
            has_public_part = any(part.is_number for part, gone in zip(parts.values(), hidden, strict=True) if not gone)
            return self._without_total(left, self._word(total, self.file), has_shown_part=has_public_part)
        return self._rounded(left, total, "total", self.file) if left else None

    def _without_total(self, figure: YamlEntry, word: str, *, has_shown_part: bool) -> YamlEntry:
        """A figure without its total. Content shared with its parts stays if it `has_shown_part`."""

        def left(entry: YamlEntry) -> YamlEntry | None:
            if entry.key == "total":
                return put(entry, word)
            if entry.key == "flags" and not has_shown_part:
                defining = _defining(entry.value)
                return put(entry, defining) if defining else None
            is_kept = is_breakdown(entry) or entry.key in OF_SERIES or (entry.key == "source" and has_shown_part)
            return entry if is_kept else None

        remainder = changed_within(figure, left)
        is_mapping = remainder and not (figure.value.is_text or figure.value.is_list)
        more = [entry for entry in remainder.value.entries if entry.key != "total"] if remainder and is_mapping else []
        return remainder if remainder and more else put(figure, word)

    def _owner(self, family: str, year: int, owner: YamlEntry) -> YamlEntry | None:
        counts = {id(stated_count.entry): stated_count for stated_count in counts_of(owner, family)}
        is_hidden = any(self.cells.hides(stated_count.address, year, self.file) for stated_count in counts.values())

        def left(entry: YamlEntry) -> YamlEntry | None:
            if is_code(entry, owner.value) or (is_hidden and entry.key == "note"):
                return None
            if entry.key != "figures":
                return entry
            return changed_within(entry, lambda count: self._part(counts[id(count)], year))

        return changed_within(owner, left)

    def _part(self, part: StatedValue, year: int) -> YamlEntry | None:
        node = part.entry.value
        if not self.cells.hides(part.address, year, self.file):
            return self._rounded(part.entry, part, "value", year)
        flags: list[Value] = [flag for at in node.entries if at.key == "flags" for flag in _defining(at.value)]
        within_another = text_of(node, "part_of")
        word = self._word(part, year)
        more: dict[str, Value] = {"flags": flags} if flags else {}
        more |= {"part_of": within_another} if within_another else {}
        return put(part.entry, {"value": word, **more} if more else word)

    def _rounded(self, entry: YamlEntry, stated_value: StatedValue, key: str, year: int) -> YamlEntry | None:
        place = (stated_value.address, year)
        if place not in self.cells.rounded or not (stated_value.is_number or place in self.cells.numbers):
            return entry
        about = f"about {self.cells.rounded[place]}"
        if entry.value.is_text:
            return put(entry, about)
        return changed_within(entry, lambda child: put(child, about) if child.key == key else child)

    def _word(self, stated_value: StatedValue, year: int) -> str:
        """The word for a withheld value. A value that is missing anyway stays missing."""
        has_number = stated_value.is_number or (stated_value.address, year) in self.cells.numbers
        word = stated_value.text.strip().lower()
        return SUPPRESSED if has_number or word not in WORDS else word

    # -- what other entries repeat

    def _restated(self, year: str, entry: YamlEntry) -> YamlEntry:
        altered = not YEAR.fullmatch(year) or self.cells.alters(address_of(entry.key), int(year), self.file)
        return put(entry, SUPPRESSED) if altered else entry

    def _key(self, item: YamlNode, usual: str) -> tuple[str, int] | None:
        """The value that an entry is about, or None if it does not say."""
        figure, year = text_of(item, "figure"), text_of(item, "year") or usual
        return (address_of(figure), int(year)) if figure and YEAR.fullmatch(year) else None

    def _revision(self, entry: YamlEntry) -> YamlEntry | None:
        key = self._key(entry.value, "")
        if key is None or self.cells.alters(*key, self.file):
            return None
        is_public = self.cells.public_since.get(key) == self.file
        return changed_within(entry, lambda item: put(item, SUPPRESSED) if is_public and item.key == "was" else item)

    def _difference(self, entry: YamlEntry) -> YamlEntry | None:
        key = self._key(entry.value, str(self.file))
        return None if key is None or self.cells.alters(*key, self.file) else entry

    def _accepted(self, entry: YamlEntry) -> YamlEntry | None:
        item = entry.value
        key, values = self._key(item, str(self.file)), _values(item)
        if key is None or values is None:
            return None
        hidden = {(year, address) for year, address, _ in values if self._alters(address, year)}
        if text_of(item, "words") and (hidden or self.cells.hides_any(*key, self.file)):
            return None
        if not (hidden or self.cells.alters(*key, self.file)):
            return entry
        plain_values: dict[str, dict[str, Value]] = {}
        for year, address, text in values:
            plain_values.setdefault(year, {})[address] = SUPPRESSED if (year, address) in hidden else text
        texts: dict[str, Value] = {name: text for name in ANSWERS if (text := text_of(item, name))}
        return put(entry, texts | ({"values": plain_values} if plain_values else {}) | {"reason": dict(self.neutral())})

    def _alters(self, written: str, year: str) -> bool:
        address = address_of(written)
        if year == EVERY_YEAR:
            return any(address == altered_address for altered_address, _ in self.cells.altered)
        return not YEAR.fullmatch(year) or self.cells.alters(address, int(year), self.file)


def _values(item: YamlNode) -> Sequence[tuple[str, str, str]] | None:
    """The values that an entry is based on, or None if unreadable."""
    values = []
    for year in within(item, "values"):
        for entry in year.value.entries:
            if not entry.value.is_text:
                return None
            values.append((year.key, entry.key, entry.value.text))
        if year.value.is_text or year.value.is_list:
            return None
    return values


def _defining(flags: YamlNode) -> list[Value]:
    """The flags that define the series and say nothing about the value."""
    return [flag.value.text for flag in flags.entries if flag.value.text in (Flag.BREAK, Flag.DEFINITION_DIFFERS)]


HOLDS, TEXTS = "still_holds", "texts"
Data = str | list["Data"] | dict[str, "Data"]
Roots = dict[str, YamlNode | None]


def public_roots(country: CountryFiles, neutral: Words) -> Roots:
    """What is left of the files of a country, None for nothing."""
    nodes: Roots = {
        path: changed(parsed_file.root, Redaction(country.cells, parsed_file.year, neutral).top)
        for path, parsed_file in country.files.items()
    }
    if country.has_wordings:
        public_texts = {text.words for passage in country.passages(for_public) for text in paragraphs(passage)}
        of_text = partial(_of_text, public_texts)
        nodes = {path: root and changed_below(root, "accepted", of_text) for path, root in nodes.items()}
    holding = {path: parsed_file for path, parsed_file in country.files.items() if any(within(parsed_file.root, HOLDS))}
    if not holding:
        return nodes
    wordings, left = (
        _wordings(country, roots) for roots in ({path: entry.root for path, entry in country.files.items()}, nodes)
    )
    lost: set[str] = set()
    if country.has_wordings:
        lost = {passage.name for passage in country.passages(for_restricted)}
        lost -= {passage.name for passage in country.passages(for_public)}
    if wordings == left and not lost:
        return nodes
    confirmed = reread(country.passages(for_public), left)
    for path, file in holding.items():
        # Only a text that an earlier year has can be confirmed.
        still = {text.name for text in confirmed.get(file.year, ()) if text.is_reused}
        gone = {wording.name for wording in wordings if wording.year == file.year} - still | lost
        root = nodes[path]
        nodes[path] = root and changed_below(root, HOLDS, partial(_confirmed, gone, f"{UNREAD_TEXT}.{file.year}"))
    return nodes


def _of_text(public_texts: Collection[str], entry: YamlEntry) -> YamlEntry | None:
    """An answer to words of a text, if the public reads them."""
    words = " ".join(text_of(entry.value, "words").split())
    is_of_text = words and text_of(entry.value, "figure").startswith("text.")
    return entry if not is_of_text or any(words.endswith(text) or words in text for text in public_texts) else None


def _confirmed(gone: Collection[str], unread: str, entry: YamlEntry) -> YamlEntry | None:
    named = [one.value.text for child in entry.value.entries if child.key == TEXTS for one in child.value.entries]
    names: list[Value] = [text for text in named if text not in gone]
    if len(names) == len(named):
        return entry
    return changed_within(entry, lambda at: put(at, [*names, unread]) if at.key == TEXTS else at) if names else None


def _wordings(country: CountryFiles, roots: Mapping[str, YamlNode | None]) -> tuple[Wording, ...]:
    wordings: list[Wording] = []
    for path, parsed_file in country.files.items():
        root = roots[path]
        data = _data(root) if root and parsed_file.year else {}
        file_wordings = (Wording(Mark(path), Label(texts), keys) for keys, texts in _texts(data, ()))
        wordings += [named_text(one, data, parsed_file.year) for one in file_wordings]
    return tuple(wordings)


def _data(node: YamlNode) -> Data:
    """Nodes as lists and dicts. Of a duplicate key, the first is read."""
    if node.is_text:
        return node.text
    pairs = [(entry.key, _data(entry.value)) for entry in node.entries]
    return [value for _, value in pairs] if node.is_list else dict(pairs[::-1])


def _texts(data: Data, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    if isinstance(data, dict) and data and data.keys() <= OFFICIAL:
        yield keys, tuple((language, text) for language, text in data.items() if isinstance(text, str))
    elif not isinstance(data, str):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, (*keys, str(key)))


def _permitted(cells: Mapping[str, Cells], permission: YamlEntry) -> YamlEntry | None:
    """A permission of `reporter.yaml` without withheld figures."""
    first, _, last = text_of(permission.value, "years").partition("/")
    is_span = YEAR.fullmatch(first) and YEAR.fullmatch(last or first)
    span = range(int(first), int(last or first) + 1) if is_span else None
    altered = cells.get(text_of(permission.value, "country"), Cells()).altered
    withheld = {address for address, year in altered if span is None or year in span}

    def left(entry: YamlEntry) -> YamlEntry | None:
        if entry.key == "figures":
            return changed_within(entry, lambda name: None if address_of(name.value.text) in withheld else name)
        return entry

    remainder = changed_within(permission, left)
    return remainder if remainder and len(remainder.value.entries) == len(permission.value.entries) else None


def neutral_reason(sources: Sources) -> Mapping[str, str]:
    """The replacement for a reason that might disclose a withheld value, in the languages of a workspace. The English
    words identify it and are never translated."""
    reason_by_language = {ENGLISH: NEUTRAL_REASON}
    for language in read_scope(sources).languages:
        if language in OFFICIAL - {ENGLISH}:
            own = sources.get(f"{TRANSLATIONS}/{language}.po")
            reason_by_language[language] = _neutral(language, own.content if own else b"")
    return reason_by_language


@lru_cache(maxsize=64)
def _neutral(language: str, own: bytes) -> str:
    name = f"{DOCUMENT}/{language}.po"
    brought = packaged_file(packaged_folder(TRANSLATIONS), name)
    contents = (brought.content if brought else b"", own)
    files = [SourceFile(name, partial(bytes, content)) for content in contents if content]
    try:
        return str(load_locale(language, files).text("Explained to those who may know the withheld values."))
    except ReporterError:
        # Problems of the language or its messages are reported where they are read.
        return NEUTRAL_REASON


OF_COUNTRY = re.compile(rf"{DATA}/[^/]+/country\.yaml")
ASKING = "agencies"
AGENCIES = re.compile(rb"""["']?agencies["']?\s*:""")
# Proving is slow, and the same files are requested again and again.
KNOWN = Memory()


def for_audience(sources: Sources, audience: Audience, also: Collection[Key] = ()) -> Sources:
    """The files of an edition as an audience may see them. `also` are further figures withheld from the public, by
    address and year. If nothing is withheld, the snapshot itself. Agencies are removed for every audience."""
    return for_checking(_laid_over(sources, dict(_without_agencies(sources))), audience, also)


def for_checking(sources: Sources, audience: Audience, also: Collection[Key] = ()) -> Sources:
    if audience is Audience.RESTRICTED:
        return _laid_over(sources, dict(_restricted(sources)))
    if not (also or may_withhold(sources)):
        return sources
    checksum_by_path = {
        path: file.sha256
        for path, file in sources.items()
        if path.startswith((SETTINGS, f"{DATA}/", f"{TRANSLATIONS}/"))
    }
    return _laid_over(sources, KNOWN.recall(f"{checksum_by_path} {sorted(also)}", lambda: dict(_edits(sources, also))))


def _laid_over(sources: Sources, change_by_path: Mapping[str, SourceFile | None]) -> Sources:
    file_by_path = {path: change_by_path.get(path, file) for path, file in sources.items()}
    return Sources({path: file for path, file in file_by_path.items() if file}) if change_by_path else sources


def _without_agencies(sources: Sources) -> Iterator[tuple[str, SourceFile | None]]:
    """The files of countries without agencies and what they sent: addresses, and numbers of others."""
    for path, file in sources.items():
        if is_received(path):
            yield path, None
        # Within quotes, letters may be written as numbers.
        elif OF_COUNTRY.fullmatch(path) and any(sign in file.content for sign in (ASKING.encode(), b"\\")):
            left = _not_asking(file.content, path)
            if left != file.content:
                yield path, SourceFile(path, partial(_not_asking, file.content, path))


def _not_asking(content: bytes, path: str) -> bytes | Finding:
    """The file of a country without agencies. If lines do not separate them, the file is withheld entirely."""
    left = lines_of_keys(content, lambda line: not AGENCIES.match(line))
    try:
        _, root = parse_plainly(left, path)
    except ReadError:
        # A file that cannot be read has no agencies either.
        return left
    if root and any(entry.key == ASKING for entry in root.entries):
        message = f"{ASKING}: is not at the start of a line, so it cannot be left out of what is published"
        return untold(message, Mark(path), f"write {ASKING}: at the start of a line, with the agencies below")
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


def _edits(sources: Sources, also: Collection[Key]) -> Iterator[tuple[str, SourceFile | None]]:
    """The files that differ for the public, None for one that is removed."""
    countries = read_country_files(sources, also)
    if not any(country_files.withholds for country_files in countries.values()):
        yield from ((path, None) for path, file in sources.items() if _has_seed(path, file))
        return
    neutral = partial(neutral_reason, sources)
    roots = {path: root for country in countries.values() for path, root in public_roots(country, neutral).items()}
    for path, file in sources.items():
        is_inside = path.startswith(f"{DATA}/")
        country = countries.get(path.split("/")[1]) if is_inside else None
        if file.finding or not (is_inside or path == SETTINGS):
            continue
        if PROTECTION.fullmatch(path):
            problem = country.problem if country else None
            yield path, _unread(path, problem) if problem and problem.mark.path == path else None
        elif is_text(path):
            text = _public_text(file.content, path)
            yield path, _unread(path, text) if isinstance(text, Finding) else _file(path, file, text)
        elif path in (SETTINGS, f"{DATA}/catalogue.yaml"):
            yield path, _shared(path, file, countries)
        elif country is None or path.startswith(folder_of(path.split("/")[1])):
            yield path, None
        else:
            yield path, _of_country(path, file, country, roots.get(path))


def _of_country(path: str, file: SourceFile, country: CountryFiles, root: YamlNode | None) -> SourceFile:
    problem = country.unread.get(path) or country.problem
    if problem:
        return _unread(path, problem)
    parsed = country.files.get(path)
    if parsed is None:
        # Files of this name are not read, so the contents are unknown; they are emptied.
        return SourceFile(path, lambda: b"")
    # A country's file also describes in general how it withholds.
    if root and any(is_code_left(entry) for entry in root.entries if parsed.year or entry.key == "provisions"):
        return _unread(path, untold("marks something as withheld, but it is unclear what", Mark(path)))
    return _rewritten(path, file, parsed.text, root)


def _shared(path: str, file: SourceFile, countries: Mapping[str, CountryFiles]) -> SourceFile:
    try:
        text, root = parse_plainly(file.content, path)
    except ReadError as problem:
        return _unread(path, problem.finding)
    if root is None:
        return SourceFile(path, lambda: b"")
    permitted = partial(_permitted, {code: country.cells for code, country in countries.items()})
    return _rewritten(path, file, text, changed_below(root, PERMISSIONS, permitted) if path == SETTINGS else root)


@lru_cache(maxsize=512)
def _public_text(content: bytes, path: str) -> bytes | Finding:
    try:
        return for_public(decode(content, path), path).encode()
    except ReadError as problem:
        return problem.finding


def _rewritten(path: str, file: SourceFile, text: str, root: YamlNode | None) -> SourceFile:
    try:
        if root is None:
            raise RewriteError
        return _file(path, file, rewritten(text[: text.find("\n") + 1], path, root).encode())
    except RewriteError:
        problem = untold("is written so that withheld figures cannot be removed with certainty", Mark(path))
        return _unread(path, problem)


def _unread(path: str, problem: Finding) -> SourceFile:
    """A file that shows only its problem. A problem in another file is given with its place."""
    if problem.mark.path != path:
        problem = replace(problem, message=f"{problem.message} ({problem.mark})", mark=Mark(path))
    return SourceFile(path, lambda: problem)


def _file(path: str, file: SourceFile, content: bytes) -> SourceFile:
    return file if content == file.content else SourceFile(path, lambda: content)


def written_place(written: Sources, public: Sources, mark: Mark) -> Mark:
    """The line in the Rapporteur's file for one of the public file, which lacks comments and indents differently."""
    file, public_file = written.get(mark.path), public.get(mark.path)
    if file is None or public_file is None or file is public_file or public_file.finding:
        return mark
    lines = _written_lines(file.content, public_file.content)
    return replace(mark, line=lines[mark.line - 1]) if mark.line <= len(lines) else mark


@lru_cache(maxsize=64)
def _written_lines(written: bytes, public: bytes) -> tuple[int, ...]:
    before, after = ([line.partition(b" #")[0].strip() for line in text.split(b"\n")] for text in (written, public))
    lines: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        lines += [min(start + at, max(end - 1, start)) + 1 for at in range(last - first)]
    return tuple(lines)
