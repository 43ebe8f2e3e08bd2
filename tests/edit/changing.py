"""Short words for tests that change the files of a workspace."""

from reporter.edit.amendment import Amendment, slice_digest, slice_of
from reporter.edit.handwriting import Value
from reporter.edit.journal import Journal, read_journal
from reporter.files.workspace import Workspace

YEAR, TEXT = "data/XX/2020.yaml", "data/XX/text/en/2020.md"
TOTAL = "figures/victims.identified/total"


def content(workspace: Workspace, file: str = YEAR) -> str:
    return (workspace.root / file).read_bytes().decode()


def wanted(workspace: Workspace, path: str, value: Value | None, *order: str, file: str = YEAR) -> Amendment:
    """What somebody wants who has just looked at the file."""
    keys = tuple(path.split("/"))
    return Amendment(file, keys, value, slice_digest(slice_of(content(workspace, file), file, keys)), order)


def journal(workspace: Workspace) -> Journal:
    return read_journal(workspace, workspace.snapshot())
