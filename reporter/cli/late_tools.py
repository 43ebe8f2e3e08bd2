"""What publishing, packing and signing need of rooms that load late. Each is a function of its own, so that another
process can be told to call it."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from reporter.cli.build_options import BuildChoices, make_due
from reporter.cli.late_rooms import (
    KEYS,
    load_disclosure,
    load_signature,
    load_validate,
    produce_in_memory,
    require_paper,
)
from reporter.cli.package_checks import AGAIN, LETTER, checks_of, contradictions
from reporter.delivery.packaging import PackagingTools
from reporter.delivery.publishing import PublishingTools
from reporter.delivery.release_tools import ReleaseTools
from reporter.delivery.signable import CARD
from reporter.disclosure.verdict import Audit
from reporter.edition.audited import audited_editions, withheld_truth, withholds
from reporter.edition.job import Job
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.model import PackagePart, Recipient, Vintage
from reporter.produce.order import Outcome, Show
from reporter.submission import CHECKSUMS, open_package, verify
from reporter.submission.file_names import signed_name

SIGNED = signed_name(".pdf")
MOST_TOLD = 5


def signing_room(source: str) -> ModuleType:
    """Load what opens a key, in a file or on a card. Raises UsageError when its packages are not installed."""
    return load_signature(KEYS) if source.startswith(CARD) else load_signature()


def publishing_tools() -> PublishingTools:
    return PublishingTools(produce_in_memory, lambda: load_validate().prove)


def packing_tools(recipient: Recipient) -> PackagingTools:
    """Load the writer of the letter, if there is a letter. Raises UsageError when validation is not installed,
    NoPaperError when this machine can make no PDF."""
    letter = None
    if {PackagePart.LETTER, PackagePart.PDF} & set(recipient.gets):
        require_paper()
    if PackagePart.LETTER in recipient.gets:
        letter = import_module(LETTER).letter_writer(load_validate().prove)
    return PackagingTools(letter, look_at_package, audit_package)


def build_proven(
    workspace: Workspace, sources: Sources, jobs: Sequence[Job], formats: tuple[str, ...], hear: Show | None = None
) -> list[Outcome]:
    """Make the formats that are due; a PDF must pass validation. What hears of it is told when a document of them is
    done."""
    choices = BuildChoices(formats, validate="pdf" in formats, quiet=True)
    return make_due(workspace, sources, jobs, choices, hear)


def audit_package(workspace: Workspace, sources: Sources, path: Path, known: Vintage) -> None:
    """Refuse a package by which readers could work out a withheld figure. Raises ReporterError with what follows from
    what, UsageError when the solver is not installed and something is withheld."""
    country, year = known.country.code, known.year
    *before, now = audited_editions(workspace, sources, country, year)
    package = open_package(path)
    files = {name: package.read(name) for name in package.payload}
    editions = (*before, replace(now, name=path.name, files=files))
    if not withholds(editions):
        return
    found: Audit = load_disclosure().audit(editions, withheld_truth(sources, country, year, now.known))
    if not found.passes:
        told = [*map(str, found.exposed), *(f"{file} {why}" for file, why in found.unread)]
        more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
        message = "\n  ".join(("readers of this package could work out what is withheld:", *told[:MOST_TOLD], *more))
        hint = f"reporter protect {country} {year} proposes what to withhold besides; reporter audit shows all"
        raise ReporterError(message, hint=hint)


def look_at_package(workspace: Workspace, path: Path) -> None:
    """Check a package as its recipient will. Raises ReporterError when it does not hold what it says, or what its
    sources give. What was signed was not validated since, so then all is looked at."""
    package = open_package(path)
    signed = any(name.endswith(SIGNED) for name in package.payload)
    checks = [each for each in checks_of() if each.name != AGAIN] if signed else [CHECKSUMS]
    defects = tuple(defect for each in verify(path, checks) for defect in each.defects)
    if defects := defects or contradictions(package, workspace):
        message = "\n  ".join(("the package contradicts itself:", *map(str, defects)))
        raise ReporterError(message, hint="tell the maintainers what the list says; an earlier package is unchanged")


TOOLS = ReleaseTools(
    publishing=publishing_tools, packing=packing_tools, build=build_proven, signatures=load_signature, keys=signing_room
)
