"""Every finding on a snapshot, as a check shows them, and the outcome of every rule."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.check import ABSENCES, OVERALL, RULES, TYPED, typed_withheld
from reporter.check.rule import Rule
from reporter.data.errors import DataError, Finding, Mark, Severity, nearest
from reporter.data.files.sources import DATA, Sources, known_countries, known_years
from reporter.data.files.store import Memory
from reporter.data.read.dataset import load_joint_catalogue
from reporter.data.read.received import read_remarks, remarks_place
from reporter.data.read.schema import outdated_schema
from reporter.data.read.yaml_tree import decode, read_scope
from reporter.data.records import (
    Audience,
    CountryData,
    Dataset,
    Observation,
    Permission,
    ReceivedRemarks,
    ReviewRemark,
    vintage,
)
from reporter.editions.approvals import unread_approvals
from reporter.editions.checked import CheckedDataset, edition_findings, load_checked, read_dataset
from reporter.editions.job import check_country, no_year
from reporter.editions.public.country_files import UNTOLD
from reporter.editions.public.public_files import for_audience, for_checking, written_place
from reporter.editions.resources import faulty_messages, theme_of
from reporter.editions.search_cache import CheckAnswer, KeptFindings, KeptSearches
from reporter.editions.state import changed_editions
from reporter.figures.analysis.small_counts import permissions_of, small_counts
from reporter.figures.withhold.primary_suppression import wrong_rules
from reporter.formats.export.observations import DataKey, RuleOutcome, RuleValue

UNUSED = "permission-unused"


def permission_findings(sources: Sources, dataset: Dataset) -> tuple[Finding, ...]:
    countries = known_countries(sources)
    found = (
        replace(finding, country=each.country if each.country in countries else "")
        for each in dataset.settings.small_counts
        for finding in _findings(each, sources, dataset)
    )
    return tuple(dict.fromkeys(found))


def refuse_wrong_permissions(sources: Sources, dataset: Dataset) -> None:
    """Refuse permissions for unknown figures, countries or years. Raises DataError with the errors."""
    if wrong := tuple(each for each in permission_findings(sources, dataset) if each.severity is Severity.ERROR):
        raise DataError(wrong)


def _findings(each: Permission, sources: Sources, dataset: Dataset) -> Iterator[Finding]:
    countries = known_countries(sources)
    if each.country not in countries:
        message = f"publish_small_counts: unknown country {each.country!r}"
        yield _error("unknown-code", each.mark, message, nearest(each.country, countries))
    data = dataset.country(each.country)
    if data is None:
        return
    wrong = [*_unknown(each, data, dataset), *_unended(each, known_years(sources, each.country))]
    yield from wrong
    if not wrong and not any(
        each in permissions_of(count, known)
        for known in (vintage(dataset, each.country, year.year) for year in reversed(data.years))
        for count in small_counts(known)
    ):
        message = f"the permission covers no small count of {each.country}"
        hint = "remove the entry, or correct its source, figures or years"
        yield Finding(severity=Severity.WARNING, code=UNUSED, message=message, mark=each.mark, hint=hint)


def _unknown(each: Permission, data: CountryData, dataset: Dataset) -> Iterator[Finding]:
    catalogue = dataset.catalogue_of(each.country)
    sources = [source.code for source in catalogue.sources]
    if each.source and each.source not in sources:
        message = f"publish_small_counts: {each.country} has no source {each.source!r}"
        yield _error("unknown-source", each.mark, message, nearest(each.source, sources))
    axes = {axis.code: axis for axis in catalogue.dimensions}
    figures = {
        *(indicator.code for indicator in catalogue.indicators),
        *(
            f"{indicator.code}.{member.code}"
            for indicator in catalogue.indicators
            for name in indicator.dimensions
            for member in axes[name].codes
        ),
        *(seen.address for thing in data.things for seen in thing.figures),
    }
    for name in each.figures:
        if name not in figures:
            message = f"publish_small_counts: unknown figure {name!r}"
            yield _error("unknown-indicator", each.mark, message, nearest(name, figures))


def _unended(each: Permission, years: tuple[int, ...]) -> Iterator[Finding]:
    """Years after the last one with figures: a permission in advance would never end."""
    first, last, known = each.span[0], each.span[-1], years[-1] if years else each.span[-1]
    if known < last:
        message = f"publish_small_counts: years extend to {last}, but {each.country} has no figures after {known} yet"
        left = f"{first}/{known}" if first < known else f"{known}"
        hint = f"write years: {left}" if first <= known else "remove the entry until there are figures"
        yield _error("wrong-type", each.mark, message, hint)


def _error(code: str, mark: Mark, message: str, hint: str) -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint)


REMARK = "remark"
# The most characters of a reviewer's text in a finding.
SHOWN = 120
# The number of first words that identify a sentence if lines were added above it.
FIRST_WORDS = 6


def remark_findings(sources: Sources, country: str) -> Iterator[Finding]:
    try:
        received = read_remarks(sources, country)
    except DataError as problem:
        yield from problem.findings
        return
    yield from (remark_finding(sources, came, each) for came in received for each in came.remarks if each.is_open)


def remark_finding(sources: Sources, came: ReceivedRemarks, remark: ReviewRemark) -> Finding:
    who = ", ".join(filter(None, (remark.author, remark.day)))
    said = remark.text or "; ".join(f"{each.old} → {each.new}".strip() for each in remark.changes)
    text = f"{who}: {said}" if who else said
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"
    return Finding(
        severity=Severity.NOTE,
        code=REMARK,
        message=f"remark {remark.number} is open: {shown}",
        mark=_place_now(sources, came, remark),
        hint=f'reporter review {came.country} {came.year} --answer {remark.number} "what you did"',
        figure=next((each.figure for each in remark.changes if each.figure), remark.figure),
        year=came.year,
        private=True,
    )


def _place_now(sources: Sources, came: ReceivedRemarks, remark: ReviewRemark) -> Mark:
    """The current place of a remark's sentence, or the place of the remark if no file has it."""
    if remark.file not in sources:
        return remark.mark if remark.mark.path else Mark(remarks_place(came).path)
    words = remark.sentence.casefold().split()[:FIRST_WORDS]
    lines = decode(sources.find(remark.file).content, remark.file).casefold().splitlines()
    shares = {
        number: sum(word in f"{line} {lines[number] if number < len(lines) else ''}" for word in words if word in line)
        for number, line in enumerate(lines, 1)
        if any(word in line for word in words)
    }
    own = shares.get(remark.line, 0)
    best = max(shares, key=lambda number: (shares[number], -abs(number - remark.line)), default=remark.line)
    return Mark(remark.file, best if shares.get(best, 0) > own else remark.line)


STOPS_PUBLIC = "this stops only the public edition"


def find_all(
    sources: Sources,
    country: str | None,
    year: int | None,
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> CheckAnswer:
    """The findings from reading and checking, in file order; with a year, those that concern it, including files that
    cannot be read. For the public `audience` they do not depend on withheld data. Editions unchanged since they were
    `kept` are not searched again. Raises UsageError for an unknown country or year."""
    countries = check_country(sources, country)
    if year is not None and all(year not in known_years(sources, code) for code in countries):
        raise no_year(sources, countries[0], year)
    languages = read_scope(sources).languages
    try:
        checked, found = check_all(sources, countries, kept, audience=audience)
    except DataError as problem:
        return CheckAnswer(problem.findings, languages)
    if year is not None:
        of_year = {each for code in countries for each in edition_findings(checked, found, code, year)}
        found = tuple(each for each in found if each in of_year)
    return CheckAnswer(found, languages)


def check_all(
    sources: Sources,
    countries: tuple[str, ...],
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> tuple[CheckedDataset, tuple[Finding, ...]]:
    """Read and check some countries and their other files as an audience may see them; restricted readers also get what
    would stop a public edition. All findings are in file order; those of the dataset are on its data only. Raises
    DataError without settings or catalogue."""
    written = _written_of(sources, countries)
    # Agencies are checked as well, and line numbers stay those of the file.
    shown = (for_checking if audience is Audience.RESTRICTED else for_audience)(written, audience)
    memory = kept.memory if kept else None
    known = {code: KeptSearches(kept.folder, kept.program, shown, code, memory) for code in countries if kept}
    checked = load_checked(
        shown, *countries, records=sources, known=known, recall=kept.recall if kept else None, memory=memory
    )
    found = [*checked.findings, *_beside(sources, checked.dataset, countries, kept, audience)]
    if audience is Audience.RESTRICTED:
        found += _of_public_editions(sources, written, countries, checked, memory)
    return checked, tuple(sorted(found, key=lambda each: each.mark))


def load_all(sources: Sources, countries: tuple[str, ...], memory: Memory) -> Dataset:
    """The dataset of some countries as `check_all` reads it, unchecked. Raises the same DataError."""
    shown = for_checking(_written_of(sources, countries), Audience.RESTRICTED)
    return read_dataset(shown, countries, sources, memory)[0].dataset


def _written_of(sources: Sources, countries: tuple[str, ...]) -> Sources:
    own = tuple(f"{DATA}/{code}/" for code in countries)
    return sources.only(lambda path: path.startswith(own) or not path.startswith(f"{DATA}/") or path.count("/") == 1)


def _of_public_editions(
    sources: Sources, written: Sources, countries: tuple[str, ...], checked: CheckedDataset, memory: Memory | None
) -> Iterator[Finding]:
    public, edition = (for_audience(written, each) for each in (Audience.PUBLIC, Audience.RESTRICTED))
    if all(path in public and public.find(path).sha256 == each.sha256 for path, each in edition.items()):
        return
    listed = {(each.code, each.mark.path, each.mark.line) for each in checked.findings}
    # A file that cannot be read stops every edition.
    unread = {each.mark.path for each in checked.findings if each.severity is Severity.ERROR}
    known = load_checked(public, *countries, records=sources, memory=memory)
    yield from typed_withheld(known.dataset, checked.dataset)
    for found in known.findings:
        each = replace(found, mark=written_place(written, public, found.mark))
        stops = each.severity is Severity.ERROR and not each.accepted
        stops = stops and not (each.code == UNTOLD and any(path in f"{each.mark} {each.message}" for path in unread))
        if stops and (each.code, each.mark.path, each.mark.line) not in listed:
            yield replace(each, hint=f"{STOPS_PUBLIC}; {each.hint}")


def _beside(
    sources: Sources, dataset: Dataset, countries: tuple[str, ...], kept: KeptFindings | None, audience: Audience
) -> Iterator[Finding]:
    languages = dataset.settings.languages

    def of_messages(read: Sources) -> Iterator[Finding]:
        return faulty_messages(read, languages)

    def of_schema(read: Sources) -> tuple[Finding, ...]:
        catalogue, _ = load_joint_catalogue(read)
        return outdated_schema(read, catalogue or dataset.catalogue)

    yield from kept.recall(f"faults of {languages}", of_messages) if kept else of_messages(sources)
    yield from permission_findings(sources, dataset)
    yield from wrong_rules(dataset)
    yield from kept.recall("schema", of_schema) if kept else of_schema(sources)
    try:
        theme_of(sources, dataset.settings)
    except DataError as problem:
        yield from problem.findings
    for code in countries:
        try:
            yield from changed_editions(sources, code, audience)
        except DataError as problem:
            yield from problem.findings
        yield from unread_approvals(sources, code)
        if audience is Audience.RESTRICTED:
            yield from remark_findings(sources, code)


OF_COUNTRY = re.compile(r"(?:source/)?data/([A-Z]{2})/")
# The public learns nothing of withheld data, not even that a rule about it had no findings.
TOLD_TO_ALL = tuple(each for each in OVERALL if each is not TYPED)
Known = Mapping[tuple[str, str, int], Observation]


@dataclass(frozen=True, slots=True)
class EvaluatedEdition:
    """An edition checked by every rule. `day` dates its files. Rules for missing data need all to have been `read`."""

    country: str
    year: int
    day: str
    read: bool = True


def outcomes_of(
    findings: Sequence[Finding],
    editions: Sequence[EvaluatedEdition],
    observations: Iterable[Observation],
    languages: Collection[str],
) -> tuple[RuleOutcome, ...]:
    """The findings, then for each edition the rules without one, so that every rule and year has an outcome, judged by
    what the year adds. A rule is not evaluated in texts if it reads none of the `languages`."""
    known = {(each.country, each.address, each.year): each for each in observations}
    days = {(each.country, each.year): each.day for each in editions}
    latest = max(days.values(), default="")
    sentences: list[RuleOutcome] = []
    for each in findings:
        country = _country_of(each)
        # The day of its edition, else the latest.
        of_country = max((day for (code, _), day in days.items() if code == country), default=latest)
        sentences.append(_broken(each, known, days.get((country, each.since), of_country)))
    return (*sentences, *_unbroken(findings, editions, languages))


def _unbroken(
    findings: Iterable[Finding], editions: Sequence[EvaluatedEdition], languages: Collection[str]
) -> Iterator[RuleOutcome]:
    found = [(each.code, _country_of(each), each) for each in findings]
    for edition in editions:
        broken = {
            code
            for code, of, each in found
            if of in ("", edition.country)
            and (each.year == edition.year if each.undecided else each.since in (0, edition.year))
        }
        for rule in RULES:
            if rule.code not in broken:
                waits = not edition.read and rule.code in ABSENCES
                is_blind = bool(rule.languages) and {*rule.languages}.isdisjoint(languages)
                value = RuleValue.NOT_EVALUATED if waits or is_blind else RuleValue.HOLDS
                yield _outcome(rule, edition, edition.year, value)
    for edition in {each.country: each for each in editions}.values():
        broken = {code for code, of, _ in found if of in ("", edition.country)}
        whole = all(each.read for each in editions if each.country == edition.country)
        for rule in TOLD_TO_ALL:
            if rule.code not in broken:
                yield _outcome(rule, edition, None, RuleValue.HOLDS if whole else RuleValue.NOT_EVALUATED)


def _outcome(rule: Rule, edition: EvaluatedEdition, year: int | None, verdict: RuleValue) -> RuleOutcome:
    return RuleOutcome(
        rule=rule.code,
        severity=rule.severity,
        title=rule.title,
        country=edition.country,
        year=year,
        day=edition.day,
        verdict=verdict,
        target=((edition.country, str(year or ""), "", "", "", ""),),
    )


def _broken(found: Finding, known: Known, day: str) -> RuleOutcome:
    country, year = _country_of(found), found.year or found.since or None
    said = f"{found.mark}: {found.message}"
    return RuleOutcome(
        rule=found.code,
        severity=found.severity,
        title=found.title,
        country=country,
        year=year,
        day=day,
        verdict=RuleValue.BROKEN,
        target=(_key(known, country, found.figure, year or 0, found.mark.path),),
        source=tuple(_key(known, country, address, year, found.mark.path) for year, address, _ in found.values),
        told=f"{said}; {found.hint}" if found.hint and not found.accepted else said,
        accepted=found.accepted,
    )


def _key(known: Known, country: str, address: str, year: int, path: str) -> DataKey:
    seen = known.get((country, address, year))
    if seen is None:
        return country, str(year or ""), path, address, "", ""
    return country, str(year or ""), seen.mark.path, seen.figure, seen.dimension, seen.code


def _country_of(found: Finding) -> str:
    """The country whose files have the finding, or an empty text."""
    place = OF_COUNTRY.match(found.mark.path)
    return place[1] if place else ""
