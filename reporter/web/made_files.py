"""Files that are made on demand, PDFs above all. They are made in a process of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path

from reporter.edition.job import Job, profiles
from reporter.edition.kept_findings import FOLDER
from reporter.edition.state import EditionState, beside_published
from reporter.files.memory import Memory
from reporter.files.workspace import Workspace
from reporter.model import Audience
from reporter.produce.drawing import StayingDrawing
from reporter.produce.formats import MAKERS
from reporter.produce.order import PAPER, Order
from reporter.produce.run import Beside, produce, produce_section
from reporter.web.asked_sides import files_of
from reporter.web.desk import Reading
from reporter.web.live_edition import Wanted
from reporter.web.workshop import Task

ROOM_OF_PAPER = "reporter.pdf"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file as it was made, with its name."""

    name: str
    content: bytes
    pages: int | None = None


def file_task(workspace: Workspace, reading: Reading, job: Job, form: str = "pdf", section: str = "") -> Task:
    """A whole document as a file, or the pages of one section."""
    files, digest = files_of(reading, job)
    order = Order(job=job, files=files, digest=digest, formats=(form,))
    digest = "-".join(filter(None, (digest, form, section, job.audience)))
    return Task(thing=(job, form, section), digest=digest, work=make_file, given=(workspace.cache, order, section))


def audience_query(audience: Audience) -> str:
    """What an address says of an audience: nothing of the public."""
    return "" if audience is Audience.PUBLIC else f"?for={audience}"


def asked_audience(query: Mapping[str, str]) -> Audience:
    """The audience that an address names, else the public."""
    return Audience.RESTRICTED if query.get("for") == Audience.RESTRICTED else Audience.PUBLIC


def paper_address(wanted: Wanted, section: str) -> str:
    """Where the pages of a section are shown on paper. The PDF has the pages of the whole part in which it stands, and
    opens at the section."""
    here = f"/{wanted.country}/{wanted.year}/paper/{wanted.language}/{section}"
    return f"{here}{audience_query(wanted.audience)}#nameddest=section-{section}"


def profile_of(reading: Reading, wanted: Wanted) -> Job:
    """The profile of a year, a draft if its file says so."""
    return profiles(reading.sources, wanted.country, wanted.year, (wanted.language,), wanted.audience)[0]


@cache
def _drawing() -> StayingDrawing:
    return StayingDrawing()


@cache
def _memory() -> Memory:
    return Memory()


def make_file(cache: Path, order: Order, section: str) -> MadeFile:
    """Make a file in memory, as `reporter build` and `compare` make it. What is slow is kept in the folder `cache`. Of
    a `section` its pages alone, also where findings stop the whole. Raises ReporterError when it cannot be made."""
    job = order.job if order.job.manner else beside_published(order.files, order.job)
    order = replace(order, job=job)
    state = EditionState(job.edition, order.files, folder=cache / FOLDER, memory=_memory())
    (form,) = order.formats
    if form == PAPER:
        import_module(ROOM_OF_PAPER).require_paper()
    maker, beside = import_module(MAKERS[form]), Beside(cache, _drawing())
    if section:
        return MadeFile(f"{job.name}-{section}.{form}", produce_section(order, state, section, maker.make_part, beside))
    made = produce(order, state, {form: maker.make}, beside, lambda _: None).files[form]
    return MadeFile(f"{job.name}.{form}", made.content, made.pages)
