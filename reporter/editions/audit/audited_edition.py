"""Gather all editions of a country for an audit, and refuse files that disclose withheld figures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reporter.data.errors import DataError, ReporterError
from reporter.data.files.published import published_years
from reporter.data.files.sources import Sources, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import frozen_sources, read_releases
from reporter.data.read.year import FILE
from reporter.data.records import Audience, EditionStatus, Observation, Vintage, is_withheld, vintage
from reporter.editions.audit.audit import Leak, audit
from reporter.editions.audit.collecting import AuditedEdition
from reporter.editions.build_record import NUMBER
from reporter.editions.job import UNPUBLISHED, Job, inputs_of
from reporter.editions.public.public_files import for_audience
from reporter.figures.withhold.decisions import made_by_program, protect_helps
from reporter.figures.withhold.solver import require_solver

READ = frozenset((".pdf", ".html", ".xlsx", ".csv", ".json", ".md", ".docx"))
COMPARED = "compare-"
MOST_LISTED = 5


def refuse_exposed(workspace: Workspace, sources: Sources, job: Job, files: Mapping[str, bytes]) -> None:
    """Refuse finished public files of an edition if they, with all that was published, disclose a withheld figure.
    `sources` are all files of the workspace. Raises ReporterError with the reasoning, UsageError when figures are
    withheld and the solver is not installed."""
    country, year = job.country, job.year
    *before, now = audited_editions(workspace, sources, country, year)
    editions = (*before, replace(now, files=files))
    if not any(is_withheld(observation) for edition in editions for observation in edition.vintage.index.values()):
        return
    require_solver()
    truth = withheld_truth(sources, country, year, now.vintage)
    outcome, by_hand = audit(editions, truth), ""
    if outcome.exposed and not outcome.unread and all(exposure.way is Leak.OUT for exposure in outcome.exposed):
        # What an earlier edition printed stays known. One that withholds it from now on discloses no more, as long as
        # it does not print it itself.
        outcome = audit(editions[-1:], truth)
        by_hand = "withhold another figure of the same sum, too, with confidentiality: D; "
    if not outcome.passes:
        lines = [*map(str, outcome.exposed), *(f"{file} {why}" for file, why in outcome.unread)]
        more = [f"and {len(lines) - MOST_LISTED} more"] if len(lines) > MOST_LISTED else []
        message = "\n  ".join(("readers could work out withheld figures:", *lines[:MOST_LISTED], *more))
        helps = protect_helps(sources, country, year)
        protect = f"reporter protect {country} {year} withholds the figures that disclose them; " if helps else by_hand
        raise ReporterError(message, hint=f"{protect}reporter audit {country} {year} shows all")


def audited_editions(workspace: Workspace, sources: Sources, country: str, year: int) -> tuple[AuditedEdition, ...]:
    """Every published edition of a country, and one as it is now, as the public may see them, with their finished files
    from `build/` if there. Raises DataError when files cannot be read."""
    published = tuple(_published(workspace, sources, country))
    snapshot = for_audience(inputs_of(sources, Job(country, year, "")), Audience.PUBLIC)
    vintage = _vintage(snapshot, country, year)
    left = {name for edition in published for name in edition.files}
    files = {name: content for name, content in _finished(workspace, country, year).items() if name not in left}
    rounded, is_seeded = _decisions(inputs_of(sources, Job(country, year, "")), country, year)
    now = AuditedEdition(f"{country} {year}", vintage, files, rounded=rounded, snapshot=snapshot, is_seeded=is_seeded)
    return (*published, now)


def _decisions(
    sources: Sources, country: str, year: int, *, frozen: bool = False
) -> tuple[frozenset[tuple[str, int]], bool]:
    """What an edition rounds, and whether all decisions of the program for it were drawn with a seed."""
    if not any(FILE.fullmatch(path) for path in sources):
        return frozenset(), True
    data = load_dataset(sources, (country,), frozen=frozen).dataset.country(country)
    files = [protection for protection in (data.protections if data else ()) if protection.edition <= year]
    first = min((protection.edition for protection in files if protection.seed), default=year + 1)
    is_seeded = all(item.edition >= first for item in files if made_by_program(item) or item.rounded)
    return frozenset((entry.figure, entry.year) for file in files for entry in file.rounded), is_seeded


def withheld_truth(sources: Sources, country: str, year: int, vintage: Vintage) -> dict[tuple[str, int], Observation]:
    data = load_dataset(inputs_of(sources, Job(country, year, "")), (country,)).dataset.country(country)
    withheld = {(value.address, value.year) for value in vintage.index.values() if is_withheld(value)}
    stated = (*data.observations, *(revision.now for revision in data.revisions)) if data else ()
    return {(value.address, value.year): value for value in stated if (value.address, value.year) in withheld}


def _vintage(snapshot: Sources, country: str, year: int, *, frozen: bool = False) -> Vintage:
    dataset, faults = load_dataset(snapshot, (country,), frozen=frozen)
    if faults and dataset.country(country) is None:
        raise DataError(faults)
    return vintage(dataset, country, year)


def _published(workspace: Workspace, sources: Sources, country: str) -> Iterator[AuditedEdition]:
    for year in published_years(sources, country):
        releases = read_releases(sources, country, year)
        folder = workspace.output / country / str(year)
        for release in releases:
            copies = frozen_sources(sources, release)
            if year not in known_years(copies, country):
                continue
            place = folder if release is releases[-1] else folder / NUMBER.format(release.number)
            files = {name: (place / name).read_bytes() for name, _ in release.files if _is_public(place / name)}
            snapshot = for_audience(copies, Audience.PUBLIC)
            vintage = _vintage(snapshot, country, year, frozen=True)
            rounded, is_seeded = _decisions(copies, country, year, frozen=True)
            yield AuditedEdition(str(release), vintage, files, True, rounded, snapshot, is_seeded)


def _finished(workspace: Workspace, country: str, year: int) -> Mapping[str, bytes]:
    own = workspace.output / country / str(year)
    compared = sorted(workspace.output.glob(f"{COMPARED}*"))
    folders = [own, own / UNPUBLISHED, own / "export", *sorted(workspace.output.glob(f"{country}/{COMPARED}*"))]
    folders += [compared_folder for compared_folder in compared if country in compared_folder.name.split("-")]
    paths = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
    return {path.name: path.read_bytes() for path in paths if _is_public(path)}


def _is_public(path: Path) -> bool:
    named = path.name.split("-")
    return path.is_file() and path.suffix in READ and not {Audience.RESTRICTED, EditionStatus.DRAFT} & set(named)
