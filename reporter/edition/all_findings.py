"""Every finding about a snapshot, as a check shows them."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.check import typed_withheld
from reporter.disclosure.country_files import UNTOLD
from reporter.disclosure.public import for_audience, for_checking
from reporter.disclosure.rule_findings import wrong_rules
from reporter.disclosure.written_places import written_place
from reporter.edition.approvals import unread_approvals
from reporter.edition.checked import CheckedDataset, blocking_findings, load_checked
from reporter.edition.job import check_country, no_year
from reporter.edition.kept_findings import CheckAnswer, KeptFindings
from reporter.edition.kept_searches import KeptSearches
from reporter.edition.language_state import faulty_messages
from reporter.edition.permission_findings import permission_findings
from reporter.edition.remark_findings import REMARK, remark_findings
from reporter.edition.resources import theme_of
from reporter.edition.state import changed_editions
from reporter.errors import DataError, Finding, Severity
from reporter.files.memory import Memory
from reporter.files.sources import DATA, Sources, known_years
from reporter.load.dataset import load_joint_catalogue
from reporter.load.schema import outdated_schema
from reporter.load.yaml_tree import read_languages
from reporter.model import Audience, Dataset

STOPS_PUBLIC = "this stops the public edition alone"


def find_all(
    sources: Sources,
    country: str | None,
    year: int | None,
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> CheckAnswer:
    """The findings from reading and checking, in file order. With a year, those that concern it; a file that cannot be
    read concerns every year. What the public `audience` is told depends on nothing withheld. Editions of which nothing
    changed since they were `kept` are not searched again. Raises UsageError for a country or year that there is not."""
    return find_and_read(sources, country, year, kept, audience=audience)[0]


def find_and_read(
    sources: Sources,
    country: str | None,
    year: int | None,
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> tuple[CheckAnswer, CheckedDataset | None]:
    """What `find_all` finds, and what was read for it. The latter is None without settings or catalogue."""
    countries = check_country(sources, country)
    if year is not None and all(year not in known_years(sources, code) for code in countries):
        raise no_year(sources, countries[0], year)
    languages = read_languages(sources)
    try:
        checked, found = check_all(sources, countries, kept, audience=audience)
    except DataError as problem:
        return CheckAnswer(problem.findings, languages), None
    if year is not None:
        stopping = set(blocking_findings(checked, year))
        found = tuple(each for each in found if each in stopping or _concerns(each, year))
    return CheckAnswer(found, languages), checked


def check_all(
    sources: Sources,
    countries: tuple[str, ...],
    kept: KeptFindings | None = None,
    *,
    audience: Audience = Audience.RESTRICTED,
) -> tuple[CheckedDataset, tuple[Finding, ...]]:
    """Read and check some countries, and what lies beside their data. It is what an audience may see of them; whoever
    may see everything is also told what would stop a public edition. All findings are in file order; those of the
    dataset are about its data alone. Raises DataError without settings or catalogue."""
    own = tuple(f"{DATA}/{code}/" for code in countries)
    written = sources.only(lambda path: path.startswith(own) or not path.startswith(f"{DATA}/") or path.count("/") == 1)
    # Whom the rapporteur asks is checked as well, and no line is another one than in the file.
    shown = (for_checking if audience is Audience.RESTRICTED else for_audience)(written, audience)
    memory = kept.memory if kept else None
    known = {code: KeptSearches(kept.folder, kept.program, shown, code, memory=memory) for code in countries if kept}
    checked = load_checked(
        shown, *countries, records=sources, known=known, recall=kept.recall if kept else None, memory=memory
    )
    for each in known.values():
        each.write()
    found = [*checked.findings, *_beside(sources, checked.dataset, countries, kept, audience)]
    if audience is Audience.RESTRICTED:
        found += _of_public_editions(sources, written, countries, checked, memory)
    return checked, tuple(sorted(found, key=lambda each: each.mark))


def _of_public_editions(
    sources: Sources,
    written: Sources,
    countries: tuple[str, ...],
    checked: CheckedDataset,
    memory: Memory | None,
) -> Iterator[Finding]:
    public, edition = (for_audience(written, each) for each in (Audience.PUBLIC, Audience.RESTRICTED))
    if all(path in public and public.find(path).sha256 == each.sha256 for path, each in edition.items()):
        return
    told = {(each.code, each.mark.path, each.mark.line) for each in checked.findings}
    # What cannot be read at all stops every edition.
    unread = {each.mark.path for each in checked.findings if each.severity is Severity.ERROR}
    known = load_checked(public, *countries, records=sources, memory=memory)
    yield from typed_withheld(known.dataset, checked.dataset)
    for found in known.findings:
        each = replace(found, mark=written_place(written, public, found.mark))
        stops = each.severity is Severity.ERROR and not each.accepted
        stops = stops and not (each.code == UNTOLD and any(path in f"{each.mark} {each.message}" for path in unread))
        if stops and (each.code, each.mark.path, each.mark.line) not in told:
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


def _concerns(finding: Finding, year: int) -> bool:
    if finding.undecided or finding.code == REMARK:
        return finding.year == year
    stem = finding.mark.path.rpartition("/")[2].partition(".")[0]
    years = {finding.year, int(stem) if stem.isdigit() else None} - {None}
    return not years or year in years
