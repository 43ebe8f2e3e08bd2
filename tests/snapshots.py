"""Snapshots of folders and what tests read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from reporter.data.errors import DataError
from reporter.data.files.sources import Sources, folder_files
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import Locale
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import add_seal
from reporter.data.records import Approved, Audience, Dataset, Label, Release
from reporter.data.records.release import Sums
from reporter.data.theme.cover import Templates
from reporter.editions.build_record import read_shelf
from reporter.editions.job import Job, digest_of, inputs_of
from reporter.editions.making.document_files import Beside, MakeFile, produce
from reporter.editions.making.order import Outcome, order_of
from reporter.editions.program import program_digest
from reporter.editions.public.public_files import for_audience
from reporter.editions.resources import locale_of
from reporter.editions.state import EditionState, edition_state
from reporter.exchange.publish.publishing import PublishRequest, draft_release, freeze

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests" / "data"
TEMPLATES = Templates(ROOT / "templates")
# What was read of files that did not change since, as the workbench knows it.
MEMORY = Memory()
KINDS = {"reporter.yaml": "workspace", "catalogue.yaml": "catalogue", "country.yaml": "country"}


def yaml_files(root: Path) -> list[Path]:
    """Every YAML file of a workspace."""
    return [root / "reporter.yaml", *sorted((root / "data").rglob("*.yaml"))]


def kind_of(path: Path) -> str:
    """The name of the schema of a file: workspace, catalogue, country or year."""
    return KINDS.get(path.name, "year")


def snapshot(root: Path) -> Sources:
    return Workspace(root).snapshot()


def dataset_of(root: Path, countries: Iterable[str]) -> Dataset:
    """The dataset of a folder in which nothing is wrong; raises DataError otherwise, with what is wrong as notes. That
    of a folder which stays as it is, such as Lithuania's, is read once."""
    return (_read_once if root.is_relative_to(KEPT) else _read)(root, tuple(countries))


def public_dataset_of(root: Path, countries: Iterable[str]) -> Dataset:
    """The dataset of a folder as the public may know it; that of one which stays as it is, is read once."""
    return (_read_public_once if root.is_relative_to(KEPT) else _read_public)(root, tuple(countries))


def _read_public(root: Path, countries: tuple[str, ...]) -> Dataset:
    dataset, findings = load_dataset(for_audience(snapshot(root), Audience.PUBLIC), countries, memory=MEMORY)
    assert () == findings
    return dataset


_read_public_once = cache(_read_public)


def _read(root: Path, countries: tuple[str, ...]) -> Dataset:
    dataset, findings = load_dataset(snapshot(root), countries, memory=MEMORY)
    if findings:
        error = DataError(findings)
        error.add_note("\n".join(map(str, findings)))
        raise error
    return dataset


_read_once = cache(_read)


def translated(language: str, root: Path = ROOT) -> Locale:
    """A language with the messages of the program and of a workspace."""
    return locale_of(snapshot(root), language)


def state_of(workspace: Workspace, job: Job) -> EditionState:
    """The state of an edition as it is now, with what lies under build/ in the language of the job."""
    return edition_state(workspace.snapshot(), job, {job.name: read_shelf(workspace, job)})


def digest_now(workspace: Workspace, job: Job, program: str = "") -> str:
    """The digest of a document as the files are now."""
    return digest_of(state_of(workspace, job).sources, job, program or program_digest())


def is_due_now(workspace: Workspace, job: Job, digest: str, form: str = "pdf", **strictly: bool) -> bool:
    """Whether a format must be built, by what lies under build/ now."""
    return read_shelf(workspace, job).is_due(digest, form, **strictly)


def inputs_now(workspace: Workspace, job: Job) -> dict[str, bytes]:
    """The files that an edition is made from, as they are now."""
    return state_of(workspace, job).inputs.contents


def produce_now(workspace: Workspace, job: Job, makers: Mapping[str, MakeFile], *, proven: bool = False) -> Outcome:
    """The files of a document in the formats of some makers, as the files of its workspace are now."""
    state = state_of(workspace, job)
    order = replace(order_of(state.sources, job, "program", tuple(makers)), proven=proven)
    return produce(order, state, makers, Beside(workspace.cache), lambda _: None)


def published_state(workspace: Workspace, job: Job, languages: Iterable[str]) -> EditionState:
    """The state of an edition with what lies under build/ in some languages."""
    state = edition_state(workspace.snapshot(), job)
    return replace(state, shelves={each.name: read_shelf(workspace, each) for each in state.jobs(languages)})


def freeze_now(
    workspace: Workspace, job: Job, day: str, reason: Label, files: Sums = (), approved: tuple[Approved, ...] = ()
) -> Release:
    """Publish the next number of an edition without building anything."""
    state = state_of(workspace, job)
    asked = PublishRequest(
        country=job.country,
        year=job.year,
        languages=(job.language,),
        date=day,
        by="R. P.",
        reason=reason,
        approved=approved,
    )
    release = add_seal(replace(draft_release(asked, state), files=files))
    freeze(workspace, release, inputs_of(state.sources, state.job).contents)
    return release


def own_templates(*folders: Path) -> Templates:
    """The templates of some folders, which go before those of the program, the first one first."""
    own = {f"templates/{path}": each for folder in reversed(folders) for path, each in folder_files(folder).items()}
    return Templates(ROOT / "templates", Sources(own))
