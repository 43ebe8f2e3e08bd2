"""Find out what readers can calculate from all publications together. Every withheld figure must keep at least five
possible values for a reader who has all of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations

from reporter.data.records import (
    Confidentiality,
    Observation,
    Publication,
    Qualifier,
    Status,
    Vintage,
    is_given,
    is_withheld,
)
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.data.records.observation import Key
from reporter.editions.audit.collecting import AddressedNumber, AuditedEdition, Collected, LooseNumber, collect
from reporter.figures.analysis.equations import key_of
from reporter.figures.withhold.bounds import Limits, bounds_of
from reporter.figures.withhold.cell_equations import (
    CellKey,
    ShownEdition,
    System,
    Tie,
    equation_text,
    publication_ties,
    system_of,
    versions_of,
)
from reporter.figures.withhold.replay import replayed, triggers_of


class Leak(StrEnum):
    """How a withheld figure becomes known."""

    PRINTED = "printed"
    OUT = "out already"
    FOLLOWS = "follows"
    OPEN = "not proven"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Exposed:
    """A withheld figure that `equations` disclose; `places` are where it, or what it follows from, is printed."""

    figure: str
    year: int
    way: Leak
    lowest: int
    highest: int | None
    equations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        name = f"{self.figure} of {self.year}" if self.year else self.figure
        places = f" ({'; '.join(self.places)})" if self.places else ""
        match self.way:
            case Leak.PRINTED | Leak.OUT:
                return f"{name} is withheld, but {self.lowest} is printed{places}"
            case Leak.TYPED:
                return f"{name} is withheld, but a text seems to disclose it{places}"
            case Leak.OPEN:
                return f"{name}: its protection could not be proved in time"
        reasoning = "; ".join(self.equations)
        span = f"lies between {self.lowest} and {self.highest}"
        if self.highest is None or self.lowest == self.highest:
            span = f"is {self.lowest} or more" if self.highest is None else f"can only be {self.lowest}"
        return f"{name} {span}{f': {reasoning}' if reasoning else ''}{places}"


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of an audit. `possible` is the number of proved values of each withheld figure, up to the number
    required. `unseeded` editions were decided without random choice: what follows from that choice is not proved.
    `elsewhere` are figures that follow from a publication of their own source and cannot be protected here. `loose` are
    numbers of running text; `suspects` are those that may be a withheld figure; `unread` are unreadable files."""

    editions: tuple[str, ...]
    files: tuple[str, ...]
    numbers: int
    withheld: int
    exposed: tuple[Exposed, ...]
    elsewhere: tuple[Exposed, ...]
    suspects: tuple[LooseNumber, ...]
    loose: tuple[LooseNumber, ...]
    unread: tuple[tuple[str, str], ...]
    possible: tuple[tuple[str, int, int], ...] = ()
    unseeded: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        return not (self.exposed or self.unread)


DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
ARTICLE = re.compile(r"\d+(?:-\d+)*")
WORD = re.compile(r"[^\W\d_]+")
# A figure, its total, and its parts with their numbers.
LISTED = re.compile(r"[-\s]*([^():;]+): (\d+) *\(([^()]*)\)")
# The most letters after the common stem of a word's forms.
ENDING = 3


def telling_numbers(
    loose: Iterable[LooseNumber], withheld: Mapping[Key, Observation], truth: Mapping[Key, Observation], state: Vintage
) -> tuple[tuple[tuple[Key, LooseNumber], ...], tuple[LooseNumber, ...]]:
    """Numbers in texts that disclose a withheld figure, and those that may. A number discloses it if it is the figure,
    or its percentage of the total, in a sentence that names the figure. Without the `truth`, any number in such a
    sentence may. Terms of the law that the sentence cites do not count."""
    sentences: list[tuple[Key, LooseNumber]] = []
    suspects: list[LooseNumber] = []
    if not withheld:
        return (), ()
    for entry in loose:
        words = {word.casefold() for word in WORD.findall(entry.around)}
        for where, item in withheld.items():
            named = [_names(part, state) for part in _codes(item)]
            is_of_year = where[1] in (entry.years or {state.year})
            # A sentence about a cell of a cross names each of its codes.
            is_named = is_of_year and all(any(own.startswith(tuple(names)) for own in words) for names in named)
            if not is_named or _is_term(entry, [name for names in named for name in names], state):
                continue
            number = truth[where].value if where in truth else None
            if number is not None:
                others = (_is_listed_of_another, _is_named_of_another)
                if _tells(entry, item, number, state) and not any(is_of(entry, item, state) for is_of in others):
                    sentences.append((where, entry))
                continue
            # A printed number of the indicator explains it.
            stated = _number(entry)
            if not any(other.indicator == item.indicator and other.value == stated for other in state.index.values()):
                suspects.append(entry)
    return tuple(sentences), tuple(dict.fromkeys(suspects))


def _codes(item: Observation) -> Iterator[Observation]:
    """A value under each of its codes alone."""
    names, codes = item.dimension.split(CROSSED), item.code.split(OF_CELL)
    return (replace(item, dimension=name, code=code) for name, code in zip(names, codes, strict=True))


def _label(item: Observation, vintage: Vintage) -> Mapping[str, str]:
    axis = vintage.catalogue.dimension(item.dimension)
    member = axis.get(item.code) if axis else None
    return dict(member.label.texts) if member else {}


def _names(observation: Observation, vintage: Vintage) -> list[str]:
    axis = vintage.catalogue.dimension(observation.dimension)
    code = axis.get(observation.code) if axis else None
    indicator = vintage.catalogue.indicator(observation.indicator)
    terms = [term for _, forms in (indicator.terms if indicator else ()) for term in forms]
    names = [text for _, text in code.label.texts] if code else terms
    return _stems(match[0] for name in names if (match := WORD.search(name)))


def _stems(words: Iterable[str]) -> list[str]:
    return [word.casefold()[: max(3, len(word) - ENDING)] for word in words]


def _is_named_of_another(entry: LooseNumber, item: Observation, vintage: Vintage) -> bool:
    """Whether a sentence gives the number once, for another, public figure that it names in full (`Persons convicted
    (Women) is 10`), and names neither the withheld part nor any word of the withheld figure."""
    rest, values, catalogue = entry.around.casefold(), set[Decimal | None](), vintage.catalogue
    labels = {one.code: one.label.texts for one in catalogue.indicators}
    parts = _label(item, vintage)
    for other in vintage.index.values():
        is_alike = (other.code, other.year) == (item.code, item.year) and other.indicator != item.indicator
        for language, label in labels[other.indicator] if is_alike and not is_withheld(other) else ():
            name = f"{label} ({parts.get(language)})".casefold()
            values |= {other.value} if name in rest else set()
            rest = rest.replace(name, " ")
    words = _stems(word for _, label in labels[item.indicator] for word in WORD.findall(label))
    own = (name for part in _codes(item) for name in _names(part, vintage))
    named = (*words, *own, *_names(replace(item, dimension="", code=""), vintage))
    is_once = len(re.findall(rf"(?<!\d){re.escape(entry.text)}(?!\d)", entry.around)) == 1 and not entry.is_percent
    return is_once and _number(entry) in values and not any(word.startswith(named) for word in WORD.findall(rest))


def _is_listed_of_another(loose: LooseNumber, item: Observation, state: Vintage) -> bool:
    """Whether a list such as `Persons convicted: 40 (Women: 5; Men: 7)` gives the number for another figure, part or
    year than the withheld one. All names in it must be those of the catalogue."""
    catalogue, match, exact = state.catalogue, LISTED.fullmatch(loose.around), rf"(?<!\d){re.escape(loose.text)}(?!\d)"
    figures = [one.code for one in catalogue.indicators if match and match[1] in (text for _, text in one.label.texts)]
    if match is None or not figures:
        return False
    pieces = [f"total: {match[2]}", *match[3].split(";")]
    names = [piece.partition(":")[0].strip() for piece in pieces if re.search(exact, piece)]
    parts = {text: part.code for axis in catalogue.dimensions for part in axis.codes for _, text in part.label.texts}
    parts |= dict.fromkeys(_label(item, state).values(), item.code) | {"total": ""}
    is_own = any(item.indicator in figures and parts.get(name) == item.code for name in names)
    total, value = Decimal(match[2]), _number(loose)
    totals = {year for (address, year), one in state.index.items() if (address, one.value) == (item.figure, total)}
    # A total that both years have does not show which year the list is about.
    is_of_another_year = item.year not in totals and any(
        (address, one.value) == (item.address, value) and year in totals - {item.year}
        for (address, year), one in state.index.items()
    )
    return all(name in parts for name in names) and (is_of_another_year or not is_own)


def _is_term(entry: LooseNumber, names: Iterable[str], vintage: Vintage) -> bool:
    """Whether a number is a term of a cited law: the sentence has the article and all its terms, at least two, and does
    not count with the number. A count of children under an article remains a count."""
    number, numbers = _number(entry), {Decimal(text) for text in re.findall(r"\d+", entry.around)}
    following = re.findall(rf"(?<!\d){re.escape(entry.text)}(?!\d)\W*([^\W\d_]+)", entry.around)
    if any(word.casefold().startswith(tuple(names)) for word in following):
        return False
    cited = (law for law in vintage.country.provisions if law.article and law.article in ARTICLE.findall(entry.around))
    terms = ({observation.value for observation in law.figures if observation.value is not None} for law in cited)
    return any(number in law_values and len(law_values) > 1 and law_values <= numbers for law_values in terms)


def _tells(loose_number: LooseNumber, observation: Observation, truth: Decimal, vintage: Vintage) -> bool:
    """Whether a number is that of a figure, or its percentage of the total. The total itself discloses nothing."""
    number = _number(loose_number)
    printed = vintage.observation(observation.figure, observation.year) if observation.code else None
    if number is None or (printed and is_given(printed) and printed.value == number):
        return False
    if not loose_number.is_percent:
        return number == truth
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    wholes = [whole for whole in _wholes(observation, vintage) if is_given(whole) and whole.value]
    return any((100 * truth / (whole.value or 1)).quantize(step, ROUND_HALF_UP) == number for whole in wholes)


def _wholes(observation: Observation, vintage: Vintage) -> Iterator[Observation]:
    """What a part or cell can be a share of: the total, and the total of its row or column."""
    codes = observation.code.split(OF_CELL) if observation.code else []
    for count in range(len(codes)):
        for some in combinations(codes, count):
            if whole := vintage.observation(OF_CELL.join((observation.figure, *some)), observation.year):
                yield whole


def _number(loose_number: LooseNumber) -> Decimal | None:
    match = DIGITS.search(loose_number.text.replace("\u00a0", "").replace(" ", ""))
    return Decimal(match[0].replace(",", ".")) if match else None


# The bounds of a value withheld for being small, which the code discloses.
SMALL = (1, 4)
MOST_PLACES = 3


def audit(
    editions: Sequence[AuditedEdition],
    truth: Mapping[Key, Observation] | None = None,
    publications: Iterable[Publication] = (),
    enough: int = 0,
) -> Audit:
    """Audit some editions, the earliest first. `truth` are the withheld figures of the files, if available, to find
    texts that disclose them. `publications` are those of others on the same figures."""
    collected = {edition.name: collect(edition) for edition in editions}
    stages = [step for edition in editions for step in _steps(edition, collected[edition.name])]
    versions, last = versions_of(stages), editions[-1]
    keys = {where: CellKey(*where, version) for where, version in versions[last.name].items()}
    further = (tie for publication in publications for tie in publication_ties(publication, last.vintage, keys))
    system = system_of(stages)
    # An equation tells nothing on counts that are not printed.
    counted = {count.key for count in system.counts}
    ties = (item for item in (*_files_ties(editions, collected, versions), *further) if counted.issuperset(item.keys))
    system = System(system.counts, (*system.ties, *ties))
    places = _places(editions, collected)
    withheld = _withheld(editions)
    masked = _masked(editions, {key: (truth or {}).get(key, observation) for key, observation in withheld.items()})
    triggers = triggers_of((item.vintage for item in editions), {key for item in editions for key in item.rounded})
    # A publication masks by its own rules.
    triggers = {key: trigger for key, trigger in triggers.items() if key not in masked}
    steps = [system_of(stages[: at + 1]) for at, edition in enumerate(stages) if edition.has_left and withheld]
    told_by_rules = replayed(system, (*steps, system), triggers)
    bounds = bounds_of(told_by_rules, enough=enough or editions[-1].vintage.settings.disclosure.width)
    exposed = [_exposed(limits, told_by_rules, places, editions) for limits in bounds.exposed]
    loose = tuple(loose_number for collection in collected.values() for loose_number in collection.loose)
    disclosures, suspects = telling_numbers(loose, withheld, truth or {}, editions[-1].vintage)
    elsewhere = tuple(item for item in exposed if (item.figure, item.year) in masked and item.way is Leak.FOLLOWS)
    exposed = [exposure for exposure in exposed if exposure not in elsewhere]
    already_known = {(item.figure, item.year) for item in exposed if item.way in (Leak.OUT, Leak.PRINTED)}
    exposed += [
        Exposed(*where, Leak.TYPED, 0, None, places=(f"{loose_number.file.rpartition('/')[2]}: {loose_number.around}",))
        for where, loose_number in disclosures
        if where not in already_known
    ]
    return Audit(
        editions=tuple(edition.name for edition in editions),
        files=tuple(name for edition in editions for name in edition.files),
        numbers=sum(len(collection.numbers) for collection in collected.values()),
        withheld=len({(cell.address, cell.year) for cell in system.withheld}),
        exposed=tuple(sorted(exposed, key=lambda exposure: (-exposure.year, exposure.figure))),
        elsewhere=elsewhere,
        suspects=suspects,
        loose=tuple(loose_number for loose_number in loose if loose_number not in suspects),
        unread=tuple(pair for collection in collected.values() for pair in collection.unread),
        possible=tuple((limits.key.address, limits.key.year, len(limits.values)) for limits in bounds.limits),
        unseeded=tuple(edition.name for edition in editions if not edition.is_seeded),
    )


def _withheld(editions: Iterable[AuditedEdition]) -> dict[Key, Observation]:
    return {key_of(item): item for edition in editions for item in edition.vintage.index.values() if is_withheld(item)}


def _masked(editions: Iterable[AuditedEdition], withheld: Mapping[Key, Observation]) -> set[Key]:
    """What comes from a publication with masks of its own. Readers have that, with what it masks and shows: nothing
    that an edition withholds would keep that from them."""
    catalogues = [edition.vintage.catalogue for edition in editions]
    return {
        key
        for key, value in withheld.items()
        if any((source := catalogue.source(value.source, value.country)) and source.layout for catalogue in catalogues)
    }


def _steps(edition: AuditedEdition, collected: Collected) -> Iterator[ShownEdition]:
    yield ShownEdition(edition.name, edition.vintage, edition.has_left, edition.rounded)
    index = dict(edition.vintage.index)
    values: dict[tuple[str, int], Observation] = {}
    for number in collected.numbers:
        observation = index.get((number.figures[0], number.year or edition.vintage.year))
        if observation and is_withheld(observation) and len(number.figures) == 1 and number.is_exact:
            free = replace(
                observation,
                value=number.value,
                status=Status.GIVEN,
                qualifier=Qualifier.EXACT,
                confidentiality=Confidentiality.FREE,
            )
            values.setdefault((observation.address, number.year or edition.vintage.year), free)
    if values:
        # Published or not: anyone who has the file knows the number.
        yield ShownEdition(
            f"the files of {edition.name}", replace(edition.vintage, index=index | values), has_left=True
        )


def _files_ties(
    editions: Iterable[AuditedEdition], collected: Mapping[str, Collected], versions: Mapping[str, Mapping[Key, str]]
) -> Iterator[Tie]:
    for edition in editions:
        keys = {where: CellKey(*where, version) for where, version in versions[edition.name].items()}
        withheld = {where for where, observation in _withheld([edition]).items() if where in keys and observation}
        for number in collected[edition.name].numbers:
            wheres = [(address, number.year) for address in number.figures]
            if withheld.isdisjoint(wheres) or not keys.keys() >= set(wheres):
                continue
            terms = tuple((keys[where], 1) for where in wheres)
            value = number.value
            if len(wheres) > 1 and number.is_exact and value is not None and value == int(value):
                yield Tie("a cell of a Eurostat table", terms, int(value), int(value), place=number.place)
            elif value is None and number.confidentiality == Confidentiality.PRIMARY.value:
                yield Tie("withheld for being small (code A)", terms, *SMALL, place=number.place)


# Where each edition prints a number of a figure.
Places = Mapping[str, Mapping[Key, list[AddressedNumber]]]


def _places(editions: Iterable[AuditedEdition], collected: Mapping[str, Collected]) -> Places:
    places: dict[str, dict[Key, list[AddressedNumber]]] = {}
    for edition in editions:
        own = places.setdefault(edition.name, {})
        for number in collected[edition.name].numbers:
            if len(number.figures) == 1 and number.is_exact:
                own.setdefault((number.figures[0], number.year), []).append(number)
    return places


def _exposed(limits: Limits, system: System, places: Places, editions: Sequence[AuditedEdition]) -> Exposed:
    where = (limits.key.address, limits.key.year)
    way = Leak.OPEN if limits.is_open and not limits.ties else Leak.FOLLOWS
    named = []
    counts = system.by_key
    if counts[limits.key].is_known:
        way = Leak.PRINTED
        for edition in editions:
            by_file = {number.file: number.place for number in reversed(places[edition.name].get(where, []))}
            printed = [by_file[file] for file in sorted(by_file)]
            free = edition.vintage.index.get(where)
            if printed or (free and not is_withheld(free) and free.value is not None):
                named += printed[:MOST_PLACES] or [edition.name]
                way = Leak.OUT if edition.has_left else way
    for tie in limits.ties:
        inside = [tie_edition for tie_edition in editions if tie_edition.name in tie.place]
        printed = [
            number.place
            for tie_edition in inside
            for key, _ in tie.terms
            for number in places[tie_edition.name].get((key.address, key.year), ())[:1]
        ]
        named += [tie.place, *printed[:MOST_PLACES]] if tie.place else printed[:MOST_PLACES]
    return Exposed(
        figure=limits.key.address,
        year=limits.key.year,
        way=way,
        lowest=limits.lowest,
        highest=limits.highest,
        equations=tuple(equation_text(equation, counts) for equation in limits.ties),
        places=tuple(dict.fromkeys(named)),
    )
