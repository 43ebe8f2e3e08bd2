"""Print how documents ended, for people or for machines."""

from collections.abc import Iterator
from dataclasses import replace

import click

from reporter.cli import options
from reporter.cli.finding_lines import finding_lines
from reporter.edition.job import FORMATS
from reporter.errors import ExitCode
from reporter.files.as_json import as_json, pick
from reporter.files.workspace import Workspace
from reporter.produce.order import PAPER, Outcome


def print_outcomes(
    workspace: Workspace, outcomes: list[Outcome], formats: tuple[str, ...], *, machine: bool, quiet: bool
) -> int:
    """Print how each job ended, and give the exit code."""
    if machine:
        told = [_plain(workspace, each, formats) for each in outcomes]
        click.echo(as_json(told))
    said: set[str] = set()
    for each in outcomes:
        if each.findings or each.error:
            # What stops an edition often stops it in every language, and all of its documents.
            alike = [other.job for other in outcomes if other.error == each.error]
            job = each.job.main if each.job.main in alike else each.job
            languages = ", ".join(one.language for one in alike if replace(one, language=job.language) == job)
            name = f"{str(job).removesuffix(f'({job.language})')}({languages})"
            lines = [*finding_lines(each.findings), f"reporter: {name}: {each.error}"]
            if new := [line for line in lines if line not in said]:
                click.echo("\n".join(new), err=True)
            said.update(lines)
        elif not machine and not quiet:
            click.echo("\n".join(_lines(workspace, each, formats)))
        if each.faults and not each.job.volume:
            what = "1 finding" if each.faults == 1 else f"{each.faults} findings"
            more = f"reporter check {each.job.country} {each.job.year}"
            click.echo(f"reporter: {each.job}: the draft marks {what} to be mended; see {more}", err=True)
    # Why there is no paper is the same for all of them.
    for unmade in dict.fromkeys(each.built.unmade for each in outcomes if each.built and each.built.unmade):
        click.echo(f"reporter: {unmade}", err=True)
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _lines(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> Iterator[str]:
    made = {file.form: file for file in each.built.files} if each.built else {}
    for form in _told_formats(each, formats):
        what, file = "unchanged", made.get(form)
        if file:
            what = f"{file.size / 1_000_000:.1f} MB" if file.pages is None else f"{file.pages} pages"
        yield f"{_shown(workspace, each, form)} ({what})"
    removed = each.built.removed if each.built else ()
    together = ",".join(form for form in FORMATS if form in (*formats, *removed))
    for form in removed:
        yield f"{_shown(workspace, each, form)} (removed, it was older; --format {together} makes it, too)"
    if each.built and each.built.aside:
        yield f"{options.display_path(each.built.aside)} (was signed of an earlier report, and set aside)"


def _told_formats(each: Outcome, formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of which it is told how they ended."""
    unmade = each.built and each.built.unmade
    return tuple(form for form in formats if form in each.job.formats and not (unmade and form == PAPER))


def _shown(workspace: Workspace, each: Outcome, form: str) -> str:
    return options.display_path(each.job.file(workspace, form))


def _plain(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    state = "failed" if each.error else "built" if each.built else "unchanged"
    failed: dict[str, object] = {"error": each.error, "findings": list(map(str, each.findings))} if each.error else {}
    files = [] if each.error else [_file(workspace, each, form) for form in _told_formats(each, formats)]
    aside = each.built.aside if each.built else None
    job = pick(each.job, "country", "year", "language") | ({"volume": each.job.volume} if each.job.volume else {})
    job |= {"audience": each.job.audience} if each.job.restricted else {}
    failed |= {"faults": each.faults} if each.faults else {}
    failed |= {"unmade": each.built.unmade} if each.built and each.built.unmade else {}
    return job | {"state": state, "files": files, "set_aside": aside} | failed


def _file(workspace: Workspace, each: Outcome, form: str) -> dict[str, object]:
    told: dict[str, object] = {"format": form, "path": each.job.file(workspace, form), "state": "unchanged"}
    for made in each.built.files if each.built else ():
        if made.form == form:
            told |= {"state": "built", "bytes": made.size, "sha256": made.sha256, "pages": made.pages}
    return told
