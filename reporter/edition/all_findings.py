"""Every finding about a snapshot, as a check shows them."""

from collections.abc import Iterator

from reporter.edition.checked import CheckedDataset, blocking_findings, load_checked
from reporter.edition.job import check_country, no_year
from reporter.edition.kept_findings import CheckAnswer, KeptFindings
from reporter.edition.kept_searches import KeptSearches
from reporter.edition.language_state import faulty_messages
from reporter.edition.permission_findings import permission_findings
from reporter.edition.resources import theme_of
from reporter.edition.state import changed_editions
from reporter.errors import DataError, Finding
from reporter.files.sources import Sources, known_years
from reporter.load.dataset import load_joint_catalogue
from reporter.load.schema import outdated_schema
from reporter.load.yaml_tree import read_languages
from reporter.model import Dataset, has_withheld


def find_all(sources: Sources, country: str | None, year: int | None, kept: KeptFindings | None = None) -> CheckAnswer:
    """The findings from reading and checking, in file order.

    With a year, those that concern it; a file that cannot be read concerns every year. Editions of which nothing
    changed since they were `kept` are not searched again. Raises UsageError for a country or year that there is not.
    """
    countries = check_country(sources, country)
    if year is not None and all(year not in known_years(sources, code) for code in countries):
        raise no_year(sources, countries[0], year)
    languages = read_languages(sources)
    try:
        checked, found = check_all(sources, countries, kept)
    except DataError as problem:
        return CheckAnswer(problem.findings, languages, any(each.private for each in problem.findings))
    if year is not None:
        stopping = set(blocking_findings(checked, year))
        found = tuple(each for each in found if each in stopping or _concerns(each, year))
    is_withheld = any(map(has_withheld, checked.dataset.countries))
    return CheckAnswer(found, languages, is_withheld and any(each.private for each in found))


def check_all(
    sources: Sources, countries: tuple[str, ...], kept: KeptFindings | None = None
) -> tuple[CheckedDataset, tuple[Finding, ...]]:
    """Read and check some countries, and what lies beside their data.

    All findings are in file order; those of the dataset are about its data alone. Raises DataError without settings or
    catalogue.
    """
    memory = kept.memory if kept else None
    known = {code: KeptSearches(kept.folder, kept.program, sources, code, memory=memory) for code in countries if kept}
    checked = load_checked(sources, *countries, known=known, recall=kept.recall if kept else None, memory=memory)
    for each in known.values():
        each.write()
    found = sorted((*checked.findings, *_beside(sources, checked.dataset, countries, kept)), key=lambda each: each.mark)
    return checked, tuple(found)


def _beside(
    sources: Sources, dataset: Dataset, countries: tuple[str, ...], kept: KeptFindings | None
) -> Iterator[Finding]:
    """What is wrong with the workspace besides its data."""
    languages = dataset.settings.languages

    def of_messages(read: Sources) -> Iterator[Finding]:
        return faulty_messages(read, languages)

    def of_schema(read: Sources) -> tuple[Finding, ...]:
        catalogue, _ = load_joint_catalogue(read)
        return outdated_schema(read, catalogue or dataset.catalogue)

    yield from kept.recall(f"faults of {languages}", of_messages) if kept else of_messages(sources)
    yield from permission_findings(sources, dataset)
    yield from kept.recall("schema", of_schema) if kept else of_schema(sources)
    try:
        theme_of(sources, dataset.settings)
    except DataError as problem:
        yield from problem.findings
    for code in countries:
        try:
            yield from changed_editions(sources, code)
        except DataError as problem:
            yield from problem.findings


def _concerns(finding: Finding, year: int) -> bool:
    if finding.undecided:
        return finding.year == year
    stem = finding.mark.path.rpartition("/")[2].partition(".")[0]
    years = {finding.year, int(stem) if stem.isdigit() else None} - {None}
    return not years or year in years
