"""Collect the numbers of finished files, as readers do. Numbers with an address go to the figure that it names; those
of running text have none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reporter.disclosure.addressed_numbers import AddressedNumber, read_numbers
from reporter.files.sources import DATA, Sources
from reporter.load.dataset import load_dataset
from reporter.model import Vintage
from reporter.prose.typed_digits import NAMES, PERCENT
from reporter.roundtrip.stated import MalformedFileError

# What stands in a text by an expression has its address in the data.
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.S)
TYPED = re.compile(r"(?<![\w/.,–-])\d{1,3}(?:[ \u00a0,.]\d{3})*(?:[.,]\d+)?(?![\w/–-])")
YEAR_FILE = re.compile(r"(\d{4})\.yaml\Z")
# The number of a heading, chart or table.
NUMBERED = re.compile(r"^(?:\w+\s)?\d+(?:\.\d+)*\.?(?:\s|$)(?=\W*[A-ZĀ-Ž]|$)")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\W\d_]*[A-ZĀ-Ž])")


@dataclass(frozen=True, slots=True)
class AuditedEdition:
    """An edition with its finished files. `known` is what its public `snapshot` says. One that `has_left` was
    published: nothing takes back what it told."""

    name: str
    known: Vintage
    files: Mapping[str, bytes] = field(default_factory=dict)
    has_left: bool = False
    rounded: frozenset[tuple[str, int]] = frozenset()
    snapshot: Sources | None = None


@dataclass(frozen=True, slots=True)
class CollectedNumber:
    """A number with the file that prints it."""

    file: str
    number: AddressedNumber

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.file.rpartition("/")[2], self.number.place)))


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number of running text, which has no address. `text` is the number as it stands there, `around` its sentence,
    `years` are those of its paragraph."""

    file: str
    text: str
    around: str
    years: frozenset[int]

    @property
    def is_percent(self) -> bool:
        return bool(PERCENT.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Collected:
    """What the finished files of an edition tell. `sources` are files of data among them, by name; `unread` are files
    that nobody could read, and why."""

    numbers: tuple[CollectedNumber, ...] = ()
    loose: tuple[LooseNumber, ...] = ()
    sources: tuple[tuple[str, bytes], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def collect(files: Mapping[str, bytes]) -> Collected:
    numbers: list[CollectedNumber] = []
    loose: list[LooseNumber] = []
    sources: list[tuple[str, bytes]] = []
    unread: list[tuple[str, str]] = []
    for name, content in files.items():
        try:
            read = read_numbers(name, content)
        except MalformedFileError as problem:
            unread.append((name, str(problem)))
            continue
        numbers += (CollectedNumber(name, each) for each in read.numbers)
        loose += (each for text in read.texts for each in _loose(name, text))
        sources += ((f"{name}, {file}" if file != name else name, data) for file, data in read.sources)
    return Collected(tuple(numbers), tuple(loose), tuple(sources), tuple(unread))


def stated_in_sources(edition: AuditedEdition, collected: Collected) -> Iterator[CollectedNumber]:
    """The numbers that files of data state besides. An edition has them attached, or a package encloses them."""
    country = edition.known.country.code
    for place, content in collected.sources:
        found = YEAR_FILE.search(place)
        path = f"{DATA}/{country}/{found[1]}.yaml" if found else ""
        snapshot = edition.snapshot
        if snapshot is None or path not in snapshot or snapshot[path].content == content:
            continue
        data = load_dataset(snapshot.overlay({path: content}), (country,)).dataset.country(country)
        for seen in (*data.observations, *(each.now for each in data.revisions)) if data else ():
            if seen.mark.path == path and seen.value is not None:
                number = AddressedNumber((seen.address,), seen.year, seen.value, "", qualifier=seen.qualifier.value)
                yield CollectedNumber(place, number)


def _loose(file: str, text: str) -> Iterator[LooseNumber]:
    text = NUMBERED.sub("", text)
    years = frozenset(int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", text))
    for sentence in SENTENCE.split(EXPRESSION.sub(" ", text)):
        if not any(map(str.isdigit, sentence)):
            continue
        found = [each[0] for each in PERCENT.finditer(sentence)]
        plain = NAMES.sub(" ", sentence)
        found += [each[0] for each in TYPED.finditer(plain)]
        yield from (LooseNumber(file, each, " ".join(sentence.split()), years) for each in dict.fromkeys(found))
