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
MOST_TOLD = 5


def refuse_exposed(workspace: Workspace, sources: Sources, job: Job, files: Mapping[str, bytes]) -> None:
    """Refuse finished public files of an edition if they, with all that was published, disclose a withheld figure.
    `sources` are all files of the workspace. Raises ReporterError with the reasoning, UsageError when figures are
    withheld and the solver is not installed."""
    country, year = job.country, job.year
    *before, now = audited_editions(workspace, sources, country, year)
    editions = (*before, replace(now, files=files))
    if not any(is_withheld(seen) for each in editions for seen in each.known.index.values()):
        return
    require_solver()
    truth = withheld_truth(sources, country, year, now.known)
    found, by_hand = audit(editions, truth), ""
    if found.exposed and not found.unread and all(each.way is Leak.OUT for each in found.exposed):
        # What an earlier edition printed stays known. One that withholds it from now on discloses no more, as long as
        # it does not print it itself.
        found = audit(editions[-1:], truth)
        by_hand = "withhold another figure of the same sum, too, with confidentiality: D; "
    if not found.passes:
        told = [*map(str, found.exposed), *(f"{file} {why}" for file, why in found.unread)]
        more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
        message = "\n  ".join(("readers could work out withheld figures:", *told[:MOST_TOLD], *more))
        helps = protect_helps(sources, country, year)
        protect = f"reporter protect {country} {year} withholds the figures that disclose them; " if helps else by_hand
        raise ReporterError(message, hint=f"{protect}reporter audit {country} {year} shows all")


def audited_editions(workspace: Workspace, sources: Sources, country: str, year: int) -> tuple[AuditedEdition, ...]:
    """Every published edition of a country, and one as it is now, as the public may see them, with their finished files
    from `build/` if there. Raises DataError when files cannot be read."""
    published = tuple(_published(workspace, sources, country))
    snapshot = for_audience(inputs_of(sources, Job(country, year, "")), Audience.PUBLIC)
    known = _known(snapshot, country, year)
    left = {name for each in published for name in each.files}
    files = {name: content for name, content in _finished(workspace, country, year).items() if name not in left}
    rounded, is_seeded = _decisions(inputs_of(sources, Job(country, year, "")), country, year)
    now = AuditedEdition(f"{country} {year}", known, files, rounded=rounded, snapshot=snapshot, is_seeded=is_seeded)
    return (*published, now)


def _decisions(
    sources: Sources, country: str, year: int, *, frozen: bool = False
) -> tuple[frozenset[tuple[str, int]], bool]:
    """What an edition rounds, and whether all decisions of the program for it were drawn with a seed."""
    if not any(FILE.fullmatch(path) for path in sources):
        return frozenset(), True
    data = load_dataset(sources, (country,), frozen=frozen).dataset.country(country)
    files = [each for each in (data.protections if data else ()) if each.edition <= year]
    first = min((each.edition for each in files if each.seed), default=year + 1)
    is_seeded = all(each.edition >= first for each in files if made_by_program(each) or each.rounded)
    return frozenset((each.figure, each.year) for file in files for each in file.rounded), is_seeded


def withheld_truth(sources: Sources, country: str, year: int, known: Vintage) -> dict[tuple[str, int], Observation]:
    data = load_dataset(inputs_of(sources, Job(country, year, "")), (country,)).dataset.country(country)
    withheld = {(seen.address, seen.year) for seen in known.index.values() if is_withheld(seen)}
    stated = (*data.observations, *(each.now for each in data.revisions)) if data else ()
    return {(seen.address, seen.year): seen for seen in stated if (seen.address, seen.year) in withheld}


def _known(snapshot: Sources, country: str, year: int, *, frozen: bool = False) -> Vintage:
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
            known = _known(snapshot, country, year, frozen=True)
            rounded, is_seeded = _decisions(copies, country, year, frozen=True)
            yield AuditedEdition(str(release), known, files, True, rounded, snapshot, is_seeded)


def _finished(workspace: Workspace, country: str, year: int) -> Mapping[str, bytes]:
    own = workspace.output / country / str(year)
    compared = sorted(workspace.output.glob(f"{COMPARED}*"))
    folders = [own, own / UNPUBLISHED, own / "export", *sorted(workspace.output.glob(f"{country}/{COMPARED}*"))]
    folders += [each for each in compared if country in each.name.split("-")]
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
    return {path.name: path.read_bytes() for path in found if _is_public(path)}


def _is_public(path: Path) -> bool:
    named = path.name.split("-")
    return path.is_file() and path.suffix in READ and not {Audience.RESTRICTED, EditionStatus.DRAFT} & set(named)
