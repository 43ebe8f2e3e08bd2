"""`reporter init`: a workspace to start from."""

import shutil
import tempfile
from pathlib import Path
from shlex import quote

import click

from reporter.cli import options
from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import example_folder

PARTS = ("reporter.yaml", "data", "schema", "themes", "build/README.md")
IGNORED = "*\n!README.md\n!.gitignore\n"
EPILOG = """\b
Examples:
  reporter init my-country
  cd my-country && reporter build"""


@click.command("init", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.verbosity
def command(folder: Path, quiet: bool, verbose: bool) -> int:
    """Makes a workspace in DIR with the Lithuanian example.

    It builds at once. DIR must not exist, or be empty.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "is not empty" if target.is_dir() else "is no folder"
        raise UsageError(f"{folder} {what}", hint="name a folder that does not exist yet")
    _make(target)
    if not quiet:
        click.echo(f"{folder} is ready")
        click.echo(f"next: cd {quote(str(folder))} && reporter build", err=True)
    return 0


def _make(target: Path) -> None:
    """Make the workspace in one step.

    So a failed copy leaves nothing.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".reporter-init-", dir=target.parent) as beside:
            draft = Path(beside, "workspace")
            _fill(draft)
            _settle(draft, target)
    except OSError as problem:
        raise ReporterError(
            f"{target} cannot be made: {problem.strerror}", hint="name a folder you may write to"
        ) from None


def _settle(draft: Path, target: Path) -> None:
    """Move a finished draft to its place.

    A folder that exists stays the folder it is, for a shell may stand in it.
    """
    if not target.exists():
        draft.replace(target)
        return
    for each in draft.iterdir():
        each.replace(target / each.name)


def _fill(draft: Path) -> None:
    (draft / "build").mkdir(parents=True)
    for name in PARTS:
        source = example_folder() / name
        if source.is_dir():
            shutil.copytree(source, draft / name)
        elif source.is_file():
            shutil.copyfile(source, draft / name)
    (draft / "build" / ".gitignore").write_text(IGNORED, encoding="utf-8")
