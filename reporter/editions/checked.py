"""Read and check a snapshot: its dataset, and all that is wrong, such as characters that no font of the theme has."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from io import BytesIO
from unicodedata import category, normalize

from reporter.check import KnownSearches, by_machine, check, no_messages, unread_languages, untranslated_of_all
from reporter.data.errors import DataError, Finding, LetterError, Mark, ReporterError, Severity
from reporter.data.files.published import folder_of, published_years
from reporter.data.files.sources import DATA, THEMES, TRANSLATIONS, Sources, list_checksum
from reporter.data.files.store import Memory
from reporter.data.i18n import N_
from reporter.data.i18n.po_file import program_files
from reporter.data.read.dataset import LoadedDataset, load_dataset
from reporter.data.read.release import read_releases
from reporter.data.read.stray_files import strays_of
from reporter.data.records import CountryData, Dataset, Passage, Release, Settings, YearFile
from reporter.data.records.label import ENGLISH
from reporter.data.theme.tokens import FontFace
from reporter.editions.job import COMMON, Job, inputs_of
from reporter.editions.resources import is_unreviewed, language_states, theme_of
from reporter.text.markdown import printed_passages

OF_TEXT = re.compile(rf"{DATA}/[A-Z]{{2}}/text/([^/]+)/")
OF_YEAR = re.compile(rf"{DATA}/([A-Z]{{2}})/[12]\d{{3}}\.yaml")
OF_COUNTRY = re.compile(rf"{DATA}/[A-Z]{{2}}/")
# Returns the findings of a part of the check, by its name and the function that finds them in a snapshot.
Recall = Callable[[str, Callable[[Sources], Iterable[Finding]]], tuple[Finding, ...]]
LAST_YEAR = 9999
NOTHING_KNOWN: Mapping[str, KnownSearches] = {}


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """A dataset with its findings. A `frozen` one was published: no later rule stops it. `unread` names countries that
    could not be read completely, each with the first edition affected."""

    dataset: Dataset
    findings: tuple[Finding, ...]
    frozen: bool = False
    unread: tuple[tuple[str, int], ...] = ()

    @property
    def printed(self) -> tuple[Finding, ...]:
        """The findings for pages and files, without those on published data that cannot be fixed."""
        return tuple(finding for finding in self.findings if not finding.private)


def load_checked(
    sources: Sources,
    *countries: str,
    frozen: bool = False,
    records: Sources | None = None,
    caches: Mapping[str, KnownSearches] = NOTHING_KNOWN,
    recall: Recall | None = None,
    memory: Memory | None = None,
) -> CheckedDataset:
    """Read and check some countries of a snapshot. No later check applies to a frozen one, which was published.
    `records` are the workspace's files, with published ones, if `sources` are only what an audience may see. Countries
    in `caches` are not searched again; `recall` returns earlier findings of a part of the check, and `memory` those of
    countries without changed files. Raises DataError without settings or catalogue."""
    remembered = memory or Memory()
    (dataset, faults), published, lasting = read_dataset(
        sources, countries, records or sources, remembered, frozen=frozen
    )
    languages = dataset.settings.languages
    missing = _without_messages(sources, languages, dataset.settings.machine_translation, recall, remembered)
    own = {language for language in languages if sources.get(f"{TRANSLATIONS}/{language}.po")}
    mute = {item for item in languages if item not in own and (is_unreviewed(item) or not any(program_files(item)))}
    of_all = untranslated_of_all(dataset, mute - {ENGLISH})
    silent = (*missing, *unread_languages(languages, dataset.catalogue), *of_all)
    findings = (
        finding
        for data in dataset.countries
        for finding in remembered.recall(
            f"check {frozen} {_unread_since(faults, data)} {sorted(lasting)} {_sums(sources, data.country.code)}",
            partial(check, data, dataset, _unread_since(faults, data), caches.get(data.country.code)),
        )
    )
    settled = set(_with_published_texts(records or sources, published))
    findings = (
        finding
        for finding in findings
        if not (finding.undecided and (frozen or (finding.mark.path.split("/")[1], finding.year) in settled))
    )
    last = {release.country: release.year for release in published}
    findings = (_outlived(item, last) if item.mark.path in lasting and not frozen else item for item in findings)
    unprintable = (
        finding
        for data in dataset.countries
        for finding in remembered.recall(
            f"glyphs {_sums(sources, data.country.code)}",
            partial(missing_glyphs, inputs_of(sources, Job(data.country.code, LAST_YEAR, "")), dataset.settings),
        )
    )
    strays = (finding for finding in strays_of(sources, countries) if finding not in faults)
    since = ((data.country.code, _unread_since(faults, data)) for data in dataset.countries)
    unread = tuple((code, year) for code, year in since if year is not None)
    # A problem in a file of all countries is found with each of them.
    all_found = dict.fromkeys((*faults, *strays, *silent, *findings, *(() if frozen else unprintable)))
    return CheckedDataset(dataset, tuple(all_found), frozen, unread)


def read_dataset(
    sources: Sources, countries: Iterable[str], records: Sources, memory: Memory, *, frozen: bool = False
) -> tuple[LoadedDataset, tuple[Release, ...], frozenset[str]]:
    """The unchecked dataset, the published numbers, and the published files that are unchanged."""
    published: list[Release] = []
    for country in countries:
        for year in published_years(records, country):
            with suppress(DataError):
                published.append(read_releases(records, country, year)[-1])
    now = {path: file.sha256 for path, file in records.items()} if published else {}
    lasting = frozenset(path for release in published for path, sha256 in release.inputs if now.get(path) == sha256)
    dataset, faults = load_dataset(sources, countries, frozen=frozen, memory=memory)
    if not lasting:
        return LoadedDataset(dataset, faults), tuple(published), lasting
    # Their `accepted:` entries answer as in frozen files.
    answered = tuple(
        replace(
            data,
            accepted=tuple(replace(item, frozen=item.frozen or item.mark.path in lasting) for item in data.accepted),
            frozen_until=max((data.frozen_until, *(file.year for file in data.years if file.mark.path in lasting))),
        )
        for data in dataset.countries
    )
    return LoadedDataset(replace(dataset, countries=answered), faults), tuple(published), lasting


def _without_messages(
    sources: Sources, languages: tuple[str, ...], permitted: tuple[str, ...], recall: Recall | None, memory: Memory
) -> tuple[Finding, ...]:
    def find(read: Sources) -> Iterator[Finding]:
        states = tuple(language_states(read, languages))
        yield from no_messages((state.language, state.lacking, state.total, state.first_line) for state in states)
        yield from (by_machine(state.language) for state in states if state.machine and state.language not in permitted)

    if recall:
        return recall(f"messages of {languages} {permitted}", find)
    own = {path: file.sha256 for path, file in sources.items() if path.startswith(f"{TRANSLATIONS}/")}
    return memory.recall(f"messages of {languages} {permitted} {list_checksum(own)}", lambda: tuple(find(sources)))


def _sums(sources: Sources, country: str) -> str:
    own, published = (f"{DATA}/{country}/", f"{THEMES}/"), f"{folder_of(country)}/"
    read = (name for name in sources if name in COMMON or (name.startswith(own) and not name.startswith(published)))
    return list_checksum({path: sources[path].sha256 for path in read})


def _outlived(finding: Finding, last: Mapping[str, int]) -> Finding:
    """Turn an error that a later rule finds in published figures into a warning on screen, which stops no later edition
    and is on no page. `last` are the latest published years. A text is still checked wherever it is printed again."""
    country = OF_YEAR.match(finding.mark.path)
    is_out = country and finding.since <= last.get(country[1], 0) and not (finding.undecided or finding.accepted)
    if finding.severity is not Severity.ERROR or not is_out:
        return finding
    hint = f"it is published and stops no later edition; to fix it, publish a corrigendum: {finding.hint}"
    return replace(finding, severity=Severity.WARNING, hint=hint, private=True)


def _with_published_texts(sources: Sources, published: Iterable[Release]) -> Iterator[tuple[str, int]]:
    """The editions with the texts of their publication. Reused earlier texts are published and need no decision."""
    for release in published:
        now = [(path, file.sha256) for path, file in inputs_of(sources, Job(release.country, release.year, "")).items()]
        was, is_now = ({pair for pair in files if OF_TEXT.match(pair[0])} for files in (release.inputs, now))
        if was == is_now:
            yield release.country, release.year


def _unread_since(faults: Iterable[Finding], data: CountryData) -> int | None:
    """The first edition that could not be read completely, or None."""
    own = f"{DATA}/{data.country.code}/"
    paths = ((finding, finding.mark.path) for finding in faults)
    return min((item.since for item, path in paths if path.startswith(own) or not OF_COUNTRY.match(path)), default=None)


def with_publication_days(checked: CheckedDataset, days: Mapping[tuple[str, int], str]) -> CheckedDataset:
    """Set the publication day of editions, by country and year, instead of that in the year's file. Empty for one that
    changed since and therefore has none, and says so."""

    def dated(year_file: YearFile, country: str) -> YearFile:
        day = days.get((country, year_file.year))
        return year_file if day is None else replace(year_file, published=day, changed=not day)

    countries = (
        replace(data, years=tuple(dated(year_file, data.country.code) for year_file in data.years))
        for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=tuple(countries)))


def of_country(checked: CheckedDataset, country: str) -> CheckedDataset:
    """A dataset with the findings on one of its countries, including those on all."""
    return replace(checked, findings=tuple(finding for finding in checked.findings if is_of_country(finding, country)))


def edition_findings(checked: CheckedDataset, items: Iterable[Finding], country: str, year: int) -> tuple[Finding, ...]:
    """The findings on an edition among `items`: on the year's additions, no year, its texts, and those
    that stop it. The check, each page of the workbench and each draft use this function and so agree."""
    own = of_country(checked, country)
    stopping = {*blocking_findings(own, year), *(item for item in concerning(own, year) if is_of_year(item, year))}
    mine = (finding for finding in items if is_of_country(finding, country))
    return tuple(finding for finding in mine if finding in stopping or finding.since in (0, year))


def is_of_country(finding: Finding, country: str) -> bool:
    own = OF_COUNTRY.match(finding.mark.path)
    return (not own or own[0] == f"{DATA}/{country}/") and finding.country in ("", country)


def blocking_findings(
    checked: CheckedDataset, year: int, languages: Iterable[str] = (), *, first: int | None = None, strict: bool = False
) -> tuple[Finding, ...]:
    """The findings that stop an unpublished edition in some languages: open errors and, with `strict`, warnings."""
    if checked.frozen:
        return ()
    findings = [finding for finding in concerning(checked, year, languages, first=first) if not finding.accepted]
    # A warning belongs to one year, unless several are compared.
    warned = strict and Severity.WARNING
    return tuple(
        finding
        for finding in findings
        if finding.stops or (finding.severity is warned and (first is not None or is_of_year(finding, year)))
    )


def later_errors(checked: CheckedDataset, year: int) -> tuple[Finding, ...]:
    return tuple(finding for finding in concerning(checked, year) if finding.stops)


def is_of_year(finding: Finding, year: int) -> bool:
    return finding.since in (0, year) or bool(OF_TEXT.match(finding.mark.path))


def of_data(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if not OF_TEXT.match(finding.mark.path))


def concerning(
    checked: CheckedDataset, year: int, languages: Iterable[str] = (), *, first: int | None = None
) -> tuple[Finding, ...]:
    """The findings that concern the editions from `first` to a year, by default only the year's, in the languages of
    the workspace. Texts that no such edition prints do not count, nor unreadable ones in another language. Whether an
    earlier text still applies is asked only of an edition, not of a comparison."""
    codes = checked.dataset.settings.languages
    wanted = tuple(languages) or codes
    years = range(year if first is None else first, year + 1)
    printed = {
        passage.mark
        for data in checked.dataset.countries
        for edition in data.years
        if edition.year in years
        for passage in printed_passages((entry for entry in data.passages if entry.is_of(edition.year)), wanted, codes)
    }
    texts = [text for data in checked.dataset.countries for text in data.passages]
    return tuple(
        finding
        for finding in checked.findings
        if (finding.year == year and first is None if finding.undecided else finding.since <= year)
        and _concerns(finding, texts, printed, set(wanted))
    )


def errors_in_texts(checked: CheckedDataset, year: int, printed: Collection[Mark]) -> tuple[Finding, ...]:
    """The errors in English texts of a year that are printed again, without asking whether they still applied then."""
    texts = [passage for data in checked.dataset.countries for passage in data.passages]
    paths = {mark.path for mark in printed}
    return tuple(
        finding
        for finding in (() if checked.frozen else checked.findings)
        if finding.severity is Severity.ERROR and not (finding.accepted or finding.undecided) and finding.since <= year
        if finding.mark.path in paths and _concerns(finding, texts, printed, {ENGLISH})
    )


def _concerns(finding: Finding, texts: Iterable[Passage], printed: Collection[Mark], wanted: Collection[str]) -> bool:
    of_text = OF_TEXT.match(finding.mark.path)
    if of_text is None:
        return True
    inside = passage_at(finding, texts)
    return inside.mark in printed if inside else of_text[1] in wanted


def passage_at(finding: Finding, passages: Iterable[Passage]) -> Passage | None:
    # The heading of a section is above its text; that of a part is its first line.
    above = (
        passage
        for passage in passages
        if passage.mark.path == finding.mark.path and passage.mark.line <= finding.mark.line + (not passage.part)
    )
    return max(above, key=lambda passage: passage.mark.line, default=None)


def require_narrative(checked: CheckedDataset, country: str, year: int) -> None:
    """Refuse figures without any text up to a year: they are built, but not released. Raises ReporterError."""
    data = checked.dataset.country(country)
    if data and not any(passage.year <= year for passage in data.passages):
        place = f"data/{country}/text/{checked.dataset.settings.languages[0]}/{year}.md"
        raise ReporterError(f"there is no text for {country} up to {year}", hint=f"write {place}")


def require_year(checked: CheckedDataset, country: str, year: int) -> CountryData:
    """The data of a country with a readable file of the year. Raises DataError with the errors in that file."""
    data = checked.dataset.country(country)
    if data is None or data.year(year) is None:
        raise DataError(later_errors(checked, year))
    return data


# The most places reported for one character.
MOST_PLACES = 5
TITLE = N_("a character that no font of the theme has")
HINT = "replace it, or choose a theme whose fonts contain it"
WRITTEN = (".md", ".yaml")
# Every theme of the program has these, so that most files need no look at fonts.
USUAL = re.compile("[\0-\u017f\u2010-\u201e\u2020-\u2022\u2026\u20ac\u2190-\u2193\u2212]")
COMMENT = re.compile(r"(?:^|\s)#[^\"']*$")


def missing_glyphs(inputs: Sources, settings: Settings) -> tuple[Finding, ...]:
    letters = {letter for _, text in _texts(inputs) for letter in set(text) if not USUAL.match(letter)}
    # Problems with the theme are found with the settings.
    with suppress(DataError):
        covered = _covered(theme_of(inputs, settings).fonts) if letters else ()
        # A letter can be drawn from its parts; marks, spaces and controls need no glyph of their own.
        parts = {letter: normalize("NFD", letter) for letter in letters if ord(letter) not in covered}
        drawn = {piece for piece in "".join(parts.values()) if ord(piece) in covered or category(piece)[0] in "CMZ"}
        return tuple(places_of([letter for letter in parts if not drawn.issuperset(parts[letter])], inputs))
    return ()


def places_of(letters: Collection[str], inputs: Sources) -> Iterator[Finding]:
    count_by_letter: Counter[str] = Counter()
    lines = ((path, *pair) for path, text in _texts(inputs) for pair in enumerate(text.splitlines(), 1))
    for path, number, line in lines if letters else ():
        content = COMMENT.sub("", line) if path.endswith(".yaml") else line
        here = [letter for letter in dict.fromkeys(content) if letter in letters]
        if any(count_by_letter[letter] < MOST_PLACES for letter in here):
            count_by_letter.update(here)
            mark, message = Mark(path, number, line.index(here[0]) + 1), LetterError("".join(here)).message
            yield Finding(severity=Severity.ERROR, code="no-glyph", message=message, mark=mark, hint=HINT, title=TITLE)


def _texts(inputs: Sources) -> Iterator[tuple[str, str]]:
    for path in (name for name in inputs if name.endswith(WRITTEN) and not inputs[name].finding):
        # A file that is not UTF-8 is found where it is read.
        with suppress(UnicodeDecodeError):
            yield path, inputs[path].content.decode()


@lru_cache(maxsize=4)
def _covered(fonts: tuple[FontFace, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    files = (BytesIO(face.path.read_bytes() if face.path else face.content) for face in fonts)
    return frozenset().union(*(TTFont(file, lazy=True).getBestCmap() or () for file in files))
