"""Make documents, and print how each ended. Shared by `build` and `compare`."""

import re
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.outcome_lines import print_outcomes
from reporter.cli.progress import DocumentCount, LinesNowAndThen
from reporter.edition.job import FORMATS, Job, check_language
from reporter.errors import UsageError
from reporter.extras import extra
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.load.yaml_tree import read_languages
from reporter.produce.due import BuildChoices, make_due
from reporter.produce.order import Executor, Order, Show

OPEN_ADDRESS = re.compile(r"tcp://(?!(?:127\.0\.0\.1|localhost|\[::1\]):)")
OPEN = "what goes to {address} can be read on the way, figures that are withheld too; tls:// hides it (docs/cluster.md)"


def make_all(
    workspace: Workspace,
    sources: Sources,
    wanted: Sequence[Job],
    choices: BuildChoices,
    *,
    cluster: str = "",
    machine: bool = False,
    quiet: bool = False,
    together: bool = False,
) -> int:
    """Make what is due and print how each job ended; many `together` in few lines. Gives the exit code."""

    def tell_removed(path: Path, why: str) -> None:
        if not quiet:
            click.echo(f"{options.display_path(path)} (removed, {why})", err=True)

    outcomes = make_due(
        workspace,
        sources,
        wanted,
        choices,
        partial(_progress, shown=not quiet and not machine),
        removed=tell_removed,
        elsewhere=partial(_cluster, cluster, workspace, quiet=quiet) if cluster else None,
    )
    return print_outcomes(workspace, outcomes, choices.formats, machine=machine, quiet=quiet, together=together)


def _cluster(address: str, workspace: Workspace, *, quiet: bool) -> Executor:
    if OPEN_ADDRESS.match(address) and not quiet:
        click.echo(f"reporter: {OPEN.format(address=address)}", err=True)
    with extra():
        from reporter.cluster.dask_executor import DaskExecutor
    return DaskExecutor(address, workspace.cache, lambda told: click.echo(f"reporter: {told}", err=True))


def parse_formats(
    ctx: click.Context, param: click.Parameter, value: str | None, known: tuple[str, ...] = FORMATS
) -> tuple[str, ...]:
    """Parse a list of formats, and give them in the known order. None are given when nobody names any. Raises
    UsageError for anything else."""
    if value is None:
        return ()
    named = [each.strip() for each in value.split(",")]
    if not all(named):
        raise UsageError(
            f"--format {value!r} names no format in one place",
            hint=f"formats: {', '.join(known)}; write several as {','.join(known[:2])}",
        )
    for each in named:
        if each in ("json", "text"):
            raise UsageError(f"{each!r} is no format of a profile", hint="for an answer that machines read: --json")
        if each not in known:
            raise UsageError(f"unknown format {each!r}", hint=f"formats: {', '.join(known)}")
        if named.count(each) > 1:
            raise UsageError(
                f"the format {each!r} is named twice", hint=f"write --format {','.join(dict.fromkeys(named))}"
            )
    return tuple(form for form in known if form in named)


def parse_languages(sources: Sources, lang: str) -> tuple[str, ...]:
    """Parse a list of languages, all of the workspace when empty. Raises UsageError for one that reporter.yaml does not
    list."""
    named = tuple(dict.fromkeys(each.strip() for each in lang.split(",") if each.strip()))
    known = read_languages(sources)
    for each in named:
        check_language(each)
        if each not in known:
            raise UsageError(
                f"reporter.yaml does not list the language {each!r}", hint=f"languages: {', '.join(known)}"
            )
    return named or known


def _progress(orders: Sequence[Order], *, shown: bool) -> AbstractContextManager[Show]:
    """Show progress on a terminal; elsewhere a line now and then. Of a single edition, that is no line."""
    if not shown or not (sys.stderr.isatty() or len({order.job.edition for order in orders}) > 1):
        return nullcontext(lambda *_: None)
    if not sys.stderr.isatty():
        return nullcontext(LinesNowAndThen(DocumentCount(len(orders))).hear)
    from reporter.cli.progress import display

    return display(len(orders))
