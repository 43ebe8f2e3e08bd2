"""`reporter rebuild`: a published edition made again, byte for byte, or what stands in the way."""

from collections.abc import Sequence
from pathlib import Path

import click

from reporter.build.inventory import inputs_of
from reporter.build.plan import Job
from reporter.build.release import assumed, departures, published_files, staged, stored, sums_beside
from reporter.cli import options
from reporter.cli.publish import build_stage, made_files
from reporter.errors import ExitCode, UsageError
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.load.release import read_releases
from reporter.model import Release

EPILOG = """\b
Examples:
  reporter rebuild LT 2020 --verify
  reporter rebuild LT 2020 --number 0 --verify
  reporter rebuild LT 2020 --number 0 --to old"""


@click.command("rebuild", epilog=EPILOG)
@options.edition
@click.option("--number", type=click.IntRange(0, 999), help="Which number, from its stored inputs; else the latest.")
@click.option("--verify", is_flag=True, help="Only tell whether it is what was published.")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="A new folder for the files.")
@options.workspace
@options.verbosity
def command(
    country: str,
    year: int,
    number: int | None,
    verify: bool,
    target: Path | None,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Makes a published edition again in a folder for a while and compares every byte with what was published.

    Without --number it is made from the files as they are now, with it from the copies that were stored. When
    something differs, every file, version and typeface that is another one is listed. What is published is never
    touched.
    """
    if verify == (target is not None):
        raise UsageError("is it to be verified or written?", hint="write either --verify or --to FOLDER")
    if target is not None and target.exists():
        raise UsageError(f"{options.shown(target)} is there already", hint="name a new folder")
    releases = _releases(workspace, country, year, number)
    release = releases[-1]
    jobs = _jobs(release)
    inputs = stored(workspace, release) if number is not None else inputs_of(workspace, jobs[0])
    differing = departures(release, sums_beside(workspace, release, inputs))
    if any(each.kind == "input" for each in differing):
        return _refuse(release, list(map(str, differing)))
    with staged(workspace, inputs, releases) as stage:
        code = build_stage(stage, jobs, assumed, release.formats)
        if code != ExitCode.OK:
            return code
        lost = published_files(release, made_files(stage, jobs, release.formats))
        if not lost and target is not None:
            paths = [job.file(stage, form) for job in jobs for form in release.formats]
            write_together({target / path.name: path.read_bytes() for path in paths})
    if lost:
        return _refuse(release, [*map(str, differing), *map(str, lost)])
    if not quiet:
        _tell(release, list(map(str, differing)), target)
    return ExitCode.OK


def _releases(workspace: Workspace, country: str, year: int, number: int | None) -> tuple[Release, ...]:
    """What was published up to a number, the latest by default; raises UsageError when there is none."""
    found = read_releases(workspace.root, country, year)
    if not found:
        raise UsageError(f"{country} {year} was never published", hint=f"reporter publish {country} {year}")
    if number is not None and number >= len(found):
        known = ", ".join(str(each.number) for each in found)
        raise UsageError(f"{country} {year} has no number {number}", hint=f"published: {known}")
    return found if number is None else found[: number + 1]


def _jobs(release: Release) -> tuple[Job, ...]:
    """What is to be built: the languages of the files that were published."""
    stems = dict.fromkeys(name.rpartition(".")[0] for name, _ in release.files)
    return tuple(Job(release.country, release.year, stem.rpartition("-")[2]) for stem in stems)


def _refuse(release: Release, lines: Sequence[str]) -> int:
    click.echo("\n".join(lines))
    click.echo(f"reporter: {release} cannot be made again: what differs is listed above", err=True)
    if any(line.startswith("input") for line in lines):
        again = f"reporter rebuild {release.country} {release.year} --number {release.number} --verify"
        click.echo(f"  hint: from the stored files: {again}", err=True)
    elif all(line.startswith("file") for line in lines):
        click.echo("  hint: the same files and versions made other bytes; tell the maintainers", err=True)
    else:
        click.echo("  hint: install the versions named; what is published stays as it is", err=True)
    return ExitCode.FINDINGS


def _tell(release: Release, differing: Sequence[str], target: Path | None) -> None:
    for line in differing:
        click.echo(f"{line} (without effect)")
    for name, sha256 in release.files:
        click.echo(f"{name}  sha256 {sha256}")
    where = f", written to {options.shown(target)}" if target else ""
    click.echo(f"{release}: every byte is as it was published{where}")
