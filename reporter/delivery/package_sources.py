"""The files that a package is made from. They are a workspace of one edition for one recipient, and travel in it, so
that everything in it can be made again. Addresses do not."""

from dataclasses import replace

from reporter.edition.as_published import as_published
from reporter.edition.inputs import OUTSIDE, page_settings
from reporter.edition.job import Job
from reporter.edition.kept_findings import findings_of
from reporter.edition.state import EditionState, edition_state, with_copies, with_inputs
from reporter.errors import ReporterError
from reporter.files.sources import SETTINGS, Sources, known_countries, known_years, largest_of
from reporter.files.top_keys import lines_of_keys
from reporter.files.workspace import Workspace
from reporter.load.catalogue import read_settings
from reporter.load.recipient import recipient_text
from reporter.load.yaml_tree import read_yaml
from reporter.model import Audience, Recipient
from reporter.submission import Package
from reporter.submission.bag import DATA as PAYLOAD

SOURCES = "source/"
# What besides pages depends on the settings: which small counts go out, and for whom all is told, by which rules.
TOLD = {Audience.PUBLIC: (b"publish_small_counts:",), Audience.RESTRICTED: (b"publish_small_counts:", b"disclosure:")}


def packed_sources(state: EditionState, now: EditionState, recipient: Recipient) -> Sources:
    """The files from which the package of an edition is made. They are what its audience may see of the edition; whom
    it is for, and why small counts go out, is said as it is `now`."""
    audience, today = state.job.audience, now.inputs.find(SETTINGS).content
    settings, _ = read_settings(now.sources)
    words = recipient_text(recipient, settings.mail if settings else None)
    told = lines_of_keys(today, lambda line: line.startswith(TOLD[audience]))
    pages = without_addresses(state.inputs.find(SETTINGS).content)
    shown = state.shown.overlay({SETTINGS: pages + told + words.encode()})
    if state.release:
        shown = with_inputs(shown, state.release, shown.only(state.inputs.__contains__), audience)
    if state.before:
        copies = state.before.contents
        copies |= {path: without_addresses(each) for path, each in copies.items() if path == SETTINGS}
        shown = with_copies(shown, state.releases[-2], copies, audience)
    return shown


def without_addresses(content: bytes) -> bytes:
    """The lines of `reporter.yaml` on which pages depend. Raises ReporterError where they cannot be told apart from
    those that say to whom and how it is sent."""
    left = page_settings(content)
    data = read_yaml(Sources.from_contents({SETTINGS: left}), SETTINGS).data
    strays = [name for each in OUTSIDE if isinstance(data, dict) and (name := each.decode().rstrip(":")) in data]
    if strays:
        message = f"{SETTINGS}: {strays[0]}: does not begin a line of its own, so it cannot be kept out of a package"
        raise ReporterError(message, hint=f"write {strays[0]}: at the beginning of a line, without quotes")
    return left


def packed_edition(sources: Sources, workspace: Workspace) -> tuple[EditionState, Recipient]:
    """The edition that a package is made from, and for whom. It is that of the latest year. What was found in its files
    before is kept in the workspace. Raises ReporterError for files that are not of one country for one recipient."""
    # What was wrong with settings that were published cannot be mended any more.
    settings, _ = read_settings(sources)
    recipients = settings.recipients if settings else ()
    countries = [code for code in known_countries(sources) if known_years(sources, code)]
    if settings is None or len(recipients) != 1 or len(countries) != 1:
        raise ReporterError(
            f"the files that the package is made from are of {len(countries)} countries for {len(recipients)} "
            "recipients, not of one for one"
        )
    [country], [recipient] = countries, recipients
    job = Job(country, known_years(sources, country)[-1], recipient.language, audience=recipient.audience)
    state = replace(edition_state(sources, job), folder=findings_of(workspace))
    return as_published(state, settings.small_counts), recipient


def received_sources(package: Package) -> Sources:
    """The files that travel in a package. They have the paths that they have in a workspace. Raises ReporterError for
    one that is larger than any can be."""
    start = f"{PAYLOAD}{SOURCES}"
    names = {name.removeprefix(start): name for name in package.payload if name.startswith(start)}
    for path, name in names.items():
        if len(package.read(name)) > largest_of(path):
            raise ReporterError(f"{name} is larger than {largest_of(path) // 1000:,} kB")
    return Sources.from_contents({path: package.read(name) for path, name in names.items()})
