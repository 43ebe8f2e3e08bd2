"""A small edition to be published, changed and corrected."""

from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.records import Approved, Label, Release
from reporter.editions.changes import intact_copies
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.report.document.document import Section
from tests.small import HEAD, YEAR
from tests.snapshots import freeze_now, state_of

FINAL = {
    YEAR: "status: final\npublished: 2021-03-01\n"
    + HEAD
    + """\
figures:
  investigations.opened: {total: 11, by form: {sexual: 4, labour: 7}}
  victims.identified: {total: 80, by person: {women: 60, men: 20}}
"""
}
JOB = Job("XX", 2020, "en")
NO_REASON = Label()
REASON = Label((("en", "A total was wrong."),))
FILES = (("XX-2020-en.pdf", "0" * 64),)


def published(
    workspace: Workspace, *, reason: Label = NO_REASON, date: str = "2021-03-01", approved: tuple[Approved, ...] = ()
) -> Release:
    """Publishes the next number without building anything."""
    return freeze_now(workspace, JOB, date, reason, FILES, approved)


def stored(workspace: Workspace, release: Release) -> dict[str, bytes]:
    return intact_copies(workspace.snapshot(), release).contents


def change(workspace: Workspace, was: str = "total: 80", now: str = "total: 79") -> None:
    path = workspace.root / YEAR
    path.write_text(path.read_text().replace(was, now).replace("women: 60", "women: 59"))


def erratum(workspace: Workspace) -> Section:
    state = state_of(workspace, JOB)
    made = document_of(state.checked, JOB, load_locale("en"), erratum=state.erratum)
    assert "erratum" == made.sections[0].code
    return made.sections[0]
