"""Every finding on a snapshot, as a check shows them, and the outcome of every rule."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.check import ABSENCES, OVERALL, RULES, TYPED, typed_withheld
from reporter.check.rule import Rule
from reporter.data.errors import DataError, Finding, Mark, Severity, error_at, nearest
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
from reporter.editions.public.country_files import NOT_READ
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
    findings = (
        replace(finding, country=permission.country if permission.country in countries else "")
        for permission in dataset.settings.small_counts
        for finding in _findings(permission, sources, dataset)
    )
    return tuple(dict.fromkeys(findings))


def refuse_wrong_permissions(sources: Sources, dataset: Dataset) -> None:
    """Refuse permissions for unknown figures, countries or years. Raises DataError with the errors."""
    if wrong := tuple(item for item in permission_findings(sources, dataset) if item.severity is Severity.ERROR):
        raise DataError(wrong)


def _findings(permission: Permission, sources: Sources, dataset: Dataset) -> Iterator[Finding]:
    countries = known_countries(sources)
    if permission.country not in countries:
        message = f"publish_small_counts: unknown country {permission.country!r}"
        yield error_at(permission.mark, "unknown-code", message, nearest(permission.country, countries))
    data = dataset.country(permission.country)
    if data is None:
        return
    wrong = [*_unknown(permission, data, dataset), *_unended(permission, known_years(sources, permission.country))]
    yield from wrong
    if not wrong and not any(
        permission in permissions_of(count, edition_vintage)
        for edition_vintage in (vintage(dataset, permission.country, year.year) for year in reversed(data.years))
        for count in small_counts(edition_vintage)
    ):
        message = f"the permission covers no small count of {permission.country}"
        hint = "remove the entry, or correct its source, figures or years"
        yield Finding(severity=Severity.WARNING, code=UNUSED, message=message, mark=permission.mark, hint=hint)


def _unknown(permission: Permission, data: CountryData, dataset: Dataset) -> Iterator[Finding]:
    catalogue = dataset.catalogue_of(permission.country)
    sources = [source.code for source in catalogue.sources]
    if permission.source and permission.source not in sources:
        message = f"publish_small_counts: {permission.country} has no source {permission.source!r}"
        yield error_at(permission.mark, "unknown-source", message, nearest(permission.source, sources))
    axes = {axis.code: axis for axis in catalogue.dimensions}
    figures = {
        *(indicator.code for indicator in catalogue.indicators),
        *(
            f"{indicator.code}.{member.code}"
            for indicator in catalogue.indicators
            for name in indicator.dimensions
            for member in axes[name].codes
        ),
        *(observation.address for thing in data.things for observation in thing.figures),
    }
    for name in permission.figures:
        if name not in figures:
            message = f"publish_small_counts: unknown figure {name!r}"
            yield error_at(permission.mark, "unknown-indicator", message, nearest(name, figures))


def _unended(permit: Permission, years: tuple[int, ...]) -> Iterator[Finding]:
    """Years after the last one with figures: a permission in advance would never end."""
    first, last, until = permit.span[0], permit.span[-1], years[-1] if years else permit.span[-1]
    if until < last:
        message = f"publish_small_counts: years extend to {last}, but {permit.country} has no figures after {until} yet"
        left = f"{first}/{until}" if first < until else f"{until}"
        hint = f"write years: {left}" if first <= until else "remove the entry until there are figures"
        yield error_at(permit.mark, "wrong-type", message, hint)


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
    yield from (remark_finding(sources, came, remark) for came in received for remark in came.remarks if remark.is_open)


def remark_finding(sources: Sources, came: ReceivedRemarks, remark: ReviewRemark) -> Finding:
    who = ", ".join(filter(None, (remark.author, remark.day)))
    content = remark.text or "; ".join(f"{change.old} → {change.new}".strip() for change in remark.changes)
    text = f"{who}: {content}" if who else content
    excerpt = text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"
    return Finding(
        severity=Severity.NOTE,
        code=REMARK,
        message=f"remark {remark.number} is open: {excerpt}",
        mark=_place_now(sources, came, remark),
        hint=f'reporter review {came.country} {came.year} --answer {remark.number} "what you did"',
        figure=next((change.figure for change in remark.changes if change.figure), remark.figure),
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
    cache: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> CheckAnswer:
    """The findings from reading and checking, in file order; with a year, those that concern it, including files that
    cannot be read. For the public `audience` they do not depend on withheld data. Editions in the `cache`
    that did not change are not searched again. Raises UsageError for an unknown country or year."""
    countries = check_country(sources, country)
    if year is not None and all(year not in known_years(sources, code) for code in countries):
        raise no_year(sources, countries[0], year)
    languages = read_scope(sources).languages
    try:
        checked, findings = check_all(sources, countries, cache, audience=audience)
    except DataError as problem:
        return CheckAnswer(problem.findings, languages)
    if year is not None:
        of_year = {finding for code in countries for finding in edition_findings(checked, findings, code, year)}
        findings = tuple(finding for finding in findings if finding in of_year)
    return CheckAnswer(findings, languages)


def check_all(
    sources: Sources,
    countries: tuple[str, ...],
    cache: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> tuple[CheckedDataset, tuple[Finding, ...]]:
    """Read and check some countries and their other files as an audience may see them; restricted readers also get what
    would stop a public edition. All findings are in file order; those of the dataset are on its data only. Raises
    DataError without settings or catalogue."""
    written = _written_of(sources, countries)
    # Agencies are checked as well, and line numbers stay those of the file.
    view = (for_checking if audience is Audience.RESTRICTED else for_audience)(written, audience)
    memory = cache.memory if cache else None
    caches = {code: KeptSearches(cache.folder, cache.program, view, code, memory) for code in countries if cache}
    checked = load_checked(
        view, *countries, records=sources, caches=caches, recall=cache.recall if cache else None, memory=memory
    )
    findings = [*checked.findings, *_workspace_findings(sources, checked.dataset, countries, cache, audience)]
    if audience is Audience.RESTRICTED:
        findings += _of_public_editions(sources, written, countries, checked, memory)
    return checked, tuple(sorted(findings, key=lambda finding: finding.mark))


def load_all(sources: Sources, countries: tuple[str, ...], memory: Memory) -> Dataset:
    """The dataset of some countries as `check_all` reads it, unchecked. Raises the same DataError."""
    visible_sources = for_checking(_written_of(sources, countries), Audience.RESTRICTED)
    return read_dataset(visible_sources, countries, sources, memory)[0].dataset


def _written_of(sources: Sources, countries: tuple[str, ...]) -> Sources:
    own = tuple(f"{DATA}/{code}/" for code in countries)
    return sources.only(lambda path: path.startswith(own) or not path.startswith(f"{DATA}/") or path.count("/") == 1)


def _of_public_editions(
    sources: Sources, written: Sources, countries: tuple[str, ...], checked: CheckedDataset, memory: Memory | None
) -> Iterator[Finding]:
    public, edition = (for_audience(written, audience) for audience in (Audience.PUBLIC, Audience.RESTRICTED))
    if all(path in public and public.find(path).sha256 == file.sha256 for path, file in edition.items()):
        return
    listed = {(finding.code, finding.mark.path, finding.mark.line) for finding in checked.findings}
    # A file that cannot be read stops every edition.
    unread = {finding.mark.path for finding in checked.findings if finding.severity is Severity.ERROR}
    public_check = load_checked(public, *countries, records=sources, memory=memory)
    yield from typed_withheld(public_check.dataset, checked.dataset)
    for public_finding in public_check.findings:
        entry = replace(public_finding, mark=written_place(written, public, public_finding.mark))
        stops = entry.severity is Severity.ERROR and not entry.accepted
        stops = stops and not (
            entry.code == NOT_READ and any(path in f"{entry.mark} {entry.message}" for path in unread)
        )
        if stops and (entry.code, entry.mark.path, entry.mark.line) not in listed:
            yield replace(entry, hint=f"{STOPS_PUBLIC}; {entry.hint}")


def _workspace_findings(
    sources: Sources, dataset: Dataset, countries: tuple[str, ...], cache: KeptFindings | None, audience: Audience
) -> Iterator[Finding]:
    languages = dataset.settings.languages

    def of_messages(read: Sources) -> Iterator[Finding]:
        return faulty_messages(read, languages)

    def of_schema(read: Sources) -> tuple[Finding, ...]:
        catalogue, _ = load_joint_catalogue(read)
        return outdated_schema(read, catalogue or dataset.catalogue)

    yield from cache.recall(f"faults of {languages}", of_messages) if cache else of_messages(sources)
    yield from permission_findings(sources, dataset)
    yield from wrong_rules(dataset)
    yield from cache.recall("schema", of_schema) if cache else of_schema(sources)
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
TOLD_TO_ALL = tuple(rule for rule in OVERALL if rule is not TYPED)
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
    observation_by_key = {(value.country, value.address, value.year): value for value in observations}
    days = {(edition.country, edition.year): edition.day for edition in editions}
    latest = max(days.values(), default="")
    sentences: list[RuleOutcome] = []
    for finding in findings:
        country = _country_of(finding)
        # The day of its edition, else the latest.
        of_country = max((day for (code, _), day in days.items() if code == country), default=latest)
        sentences.append(_broken(finding, observation_by_key, days.get((country, finding.since), of_country)))
    return (*sentences, *_unbroken(findings, editions, languages))


def _unbroken(
    findings: Iterable[Finding], editions: Sequence[EvaluatedEdition], languages: Collection[str]
) -> Iterator[RuleOutcome]:
    entries = [(finding.code, _country_of(finding), finding) for finding in findings]
    for edition in editions:
        broken = {
            code
            for code, of, finding in entries
            if of in ("", edition.country)
            and (finding.year == edition.year if finding.undecided else finding.since in (0, edition.year))
        }
        for rule in RULES:
            if rule.code not in broken:
                waits = not edition.read and rule.code in ABSENCES
                is_blind = bool(rule.languages) and {*rule.languages}.isdisjoint(languages)
                value = RuleValue.NOT_EVALUATED if waits or is_blind else RuleValue.HOLDS
                yield _outcome(rule, edition, edition.year, value)
    for edition in {candidate.country: candidate for candidate in editions}.values():
        broken = {code for code, of, _ in entries if of in ("", edition.country)}
        whole = all(other_edition.read for other_edition in editions if other_edition.country == edition.country)
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


def _broken(finding: Finding, values: Known, day: str) -> RuleOutcome:
    country, year = _country_of(finding), finding.year or finding.since or None
    text = f"{finding.mark}: {finding.message}"
    return RuleOutcome(
        rule=finding.code,
        severity=finding.severity,
        title=finding.title,
        country=country,
        year=year,
        day=day,
        verdict=RuleValue.BROKEN,
        target=(_key(values, country, finding.figure, year or 0, finding.mark.path),),
        source=tuple(_key(values, country, address, year, finding.mark.path) for year, address, _ in finding.values),
        finding=f"{text}; {finding.hint}" if finding.hint and not finding.accepted else text,
        accepted=finding.accepted,
    )


def _key(observation_by_key: Known, country: str, address: str, year: int, path: str) -> DataKey:
    observation = observation_by_key.get((country, address, year))
    if observation is None:
        return country, str(year or ""), path, address, "", ""
    return country, str(year or ""), observation.mark.path, observation.figure, observation.dimension, observation.code


def _country_of(finding: Finding) -> str:
    """The country whose files have the finding, or an empty text."""
    place = OF_COUNTRY.match(finding.mark.path)
    return place[1] if place else ""
