"""What came of every rule in the editions of a snapshot."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.check import ABSENCES, OVERALL, RULES, TYPED
from reporter.check.rule import Rule
from reporter.edition.all_findings import find_and_read
from reporter.edition.checked import CheckedDataset
from reporter.edition.job import check_country
from reporter.edition.kept_searches import KeptFindings
from reporter.errors import Finding
from reporter.export.machine_forms import DataKey, RuleOutcome, RuleValue
from reporter.files.sources import Sources, known_years
from reporter.model import Audience, CountryData, Observation

OF_COUNTRY = re.compile(r"(?:source/)?data/([A-Z]{2})/")
# Those that look at all files together, without the one that compares with what is withheld.
TOLD_TO_ALL = tuple(each for each in OVERALL if each is not TYPED)
Known = Mapping[tuple[str, str, int], Observation]


@dataclass(frozen=True, slots=True)
class EvaluatedEdition:
    """An edition of which every rule was asked. `day` is the one that its files are of. Where not everything was
    `read`, rules that find what is absent wait; where nothing was, all do."""

    country: str
    year: int
    day: str
    read: bool | None = True


def evaluate(
    sources: Sources,
    country: str | None,
    year: int | None,
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> tuple[RuleOutcome, ...]:
    """Check a snapshot, and tell what came of each rule. It finds what `find_all` does. Where settings or catalogue
    cannot be read, none was evaluated. Raises UsageError for a country or year that there is not."""
    answer, checked = find_and_read(sources, country, year, kept, audience=audience)
    unread = dict(checked.unread) if checked else {}
    files = [(code, each) for code in check_country(sources, country) for each in known_years(sources, code)]
    files = [(code, each) for code, each in files if year in (None, each)]
    days = {(of.country.code, each.year): each.day for of in _countries(checked) for each in of.years}
    editions = [
        EvaluatedEdition(
            country=code,
            year=each,
            day=days.get((code, each), f"{each}-12-31"),
            read=each < unread.get(code, each + 1) if (code, each) in days else None,
        )
        for code, each in files
    ]
    observations = (seen for of in _countries(checked) for seen in of.observations)
    # Of what is withheld the public is told nothing, not even that a rule about it found nothing.
    overall = OVERALL if audience is Audience.RESTRICTED else TOLD_TO_ALL
    return outcomes_of(answer.findings, editions, observations, answer.languages, overall=overall)


def _countries(checked: CheckedDataset | None) -> tuple[CountryData, ...]:
    return checked.dataset.countries if checked else ()


def outcomes_of(
    findings: Sequence[Finding],
    editions: Sequence[EvaluatedEdition],
    observations: Iterable[Observation],
    languages: Collection[str],
    *,
    overall: Sequence[Rule] = TOLD_TO_ALL,
) -> tuple[RuleOutcome, ...]:
    """What was found, then of each edition what was not. Each is asked of what the year brings, so that of every rule
    and year something is told. A rule is not evaluated in texts of none of the `languages` that it reads."""
    known = {(each.country, each.address, each.year): each for each in observations}
    days = {(each.country, each.year): each.day for each in editions}
    latest = max(days.values(), default="")
    told: list[RuleOutcome] = []
    for each in findings:
        country = _country_of(each)
        # The day of its edition, else the latest.
        of_country = max((day for (code, _), day in days.items() if code == country), default=latest)
        told.append(_broken(each, known, days.get((country, each.since), of_country)))
    return (*told, *_unbroken(findings, editions, languages, overall))


def _unbroken(
    findings: Iterable[Finding],
    editions: Sequence[EvaluatedEdition],
    languages: Collection[str],
    overall: Sequence[Rule],
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
                waits = edition.read is None or (not edition.read and rule.code in ABSENCES)
                is_blind = bool(rule.languages) and {*rule.languages}.isdisjoint(languages)
                yield _outcome(
                    rule, edition, edition.year, RuleValue.NOT_EVALUATED if waits or is_blind else RuleValue.HOLDS
                )
    for edition in {each.country: each for each in editions}.values():
        broken = {code for code, of, _ in found if of in ("", edition.country)}
        of_all = [each for each in editions if each.country == edition.country]
        for rule in overall:
            if rule.code not in broken:
                whole = all(each.read for each in of_all)
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
    """The country in whose files a finding stands; empty for none."""
    place = OF_COUNTRY.match(found.mark.path)
    return place[1] if place else ""
