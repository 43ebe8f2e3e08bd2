"""Short words for tests that change the files of a workspace."""

from reporter.data.files.workspace import Workspace
from reporter.data.write.amendment import Amendment, slice_digest, slice_of
from reporter.data.write.applying import Journal, read_journal
from reporter.data.write.yaml_format import Value

YEAR, TEXT = "data/XX/2020.yaml", "data/XX/text/en/2020.md"
NEW = "data/XX/text/lt/2020.md"
WHOLE = "<!-- how -->\n\n# at_a_glance\n<!-- empty -->\n\n# contacts\n<!-- empty -->\n"
MADE = WHOLE.replace("# contacts\n<!-- empty -->", "# contacts\n\nRašykite mums.")
TOTAL = "figures/victims.identified/total"


def content(workspace: Workspace, file: str = YEAR) -> str:
    return (workspace.root / file).read_bytes().decode()


def wanted(workspace: Workspace, path: str, value: Value | None, *order: str, file: str = YEAR) -> Amendment:
    """What somebody wants who has just looked at the file."""
    keys = tuple(path.split("/"))
    return Amendment(file, keys, value, slice_digest(slice_of(content(workspace, file), file, keys)), order)


def first_text(workspace: Workspace, words: str = "# contacts\n\nRašykite mums.") -> Amendment:
    """What somebody wants who writes the first text in another language."""
    seen = slice_of(content(workspace, NEW) if (workspace.root / NEW).exists() else WHOLE, NEW, ("contacts",))
    return Amendment(NEW, ("contacts",), words, slice_digest(seen), ("at_a_glance", "contacts"), WHOLE)


def journal(workspace: Workspace) -> Journal:
    return read_journal(workspace, workspace.snapshot())
