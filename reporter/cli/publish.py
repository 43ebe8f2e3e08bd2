"""`reporter publish`: an edition is frozen, and what is changed after that becomes a corrigendum."""

import getpass
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from reporter.build.gate import blocking
from reporter.build.inventory import inputs_of, sums_of
from reporter.build.plan import FORMATS, Job, Prove, digest, select
from reporter.build.proof import load_checked
from reporter.build.release import (
    alone,
    changed_inputs,
    check_ready,
    draft,
    freeze,
    is_recorded,
    published_files,
    refuse_changed,
    staged,
    stored,
    with_files,
)
from reporter.cli import options
from reporter.cli.making import Making, carry_out, report
from reporter.cli.signing import now
from reporter.cli.validate import load_verify
from reporter.errors import DataError, ExitCode, ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.load.release import read_releases
from reporter.load.yaml_tree import read_languages
from reporter.model import Label, Release
from reporter.model.release import Sums

EPILOG = """\b
Examples:
  reporter publish LT 2020
  reporter publish LT 2020 --by "R. Petraite"
  reporter publish LT 2020 --corrigendum "en=A total was wrong" \\
                           --corrigendum "lt=Klaidinga suma" """


@click.command("publish", epilog=EPILOG)
@options.edition
@click.option("--by", default="", help="Who publishes; by default the user of this machine.")
@click.option(
    "--corrigendum", "reasons", multiple=True, metavar="LANG=REASON", help="Why it is changed, for each language."
)
@options.workspace
@options.verbosity
def command(
    country: str,
    year: int,
    by: str,
    reasons: tuple[str, ...],
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Freezes an edition: builds and validates its files and writes down all that they were made from.

    Only figures that are final and without an open error are published. What is changed after that is a
    corrigendum: the next number, with an erratum page that tells what differs. Nothing published is replaced.
    """
    jobs = select(workspace, country, year, read_languages(workspace.root))
    reason = _reason(reasons, [job.language for job in jobs])
    with alone(workspace, country, year) as desk:
        earlier = read_releases(workspace.root, country, year)
        if earlier and (not reason or _is_repeated(workspace, earlier[-1], reason)):
            return _again(workspace, desk, jobs, earlier)
        if reason:
            _check_corrigendum(workspace, country, year, earlier)
        _check_data(workspace, country, year)
        return _publish(workspace, desk, jobs, earlier, by or getpass.getuser(), reason)


def _publish(
    workspace: Workspace, desk: Path, jobs: Sequence[Job], earlier: tuple[Release, ...], by: str, reason: Label
) -> int:
    inputs = inputs_of(workspace, jobs[0])
    release = draft(jobs[0], inputs, earlier, date=now().date().isoformat(), by=by, reason=reason)
    with staged(workspace, inputs, (*earlier, release), desk) as stage:
        code = build_stage(stage, jobs, load_verify().prove)
        if code == ExitCode.OK:
            release = with_files(release, made_files(stage, jobs))
            # Told before the rest, which may fail: from here on it is published.
            _tell(release, freeze(workspace, release, inputs))
            _put(workspace, jobs, stage, release)
    return code


def build_stage(stage: Workspace, jobs: Sequence[Job], prove: Prove, formats: tuple[str, ...] = FORMATS) -> int:
    """Builds the files of an edition in a workspace for a while; tells what fails, and the exit code."""
    outcomes = carry_out(stage, jobs, Making(formats), prove)
    failed = [each for each in outcomes if each.error]
    return report(stage, failed, formats, machine=False, quiet=True)


def made_files(stage: Workspace, jobs: Sequence[Job], formats: tuple[str, ...] = FORMATS) -> Sums:
    """The files of an edition that were built, with their checksums."""
    paths = [job.file(stage, form) for job in jobs for form in formats]
    return sums_of({path.name: path.read_bytes() for path in paths})


def _put(workspace: Workspace, jobs: Sequence[Job], stage: Workspace, release: Release) -> None:
    """Puts the files that were published under build/, where the next build leaves them as they are.

    Unless what they were made from was changed meanwhile: of the change they know nothing.
    """
    adopt = import_module("reporter.build.run").adopt
    for job in jobs:
        # First the state, then whether it is that of the edition: a change between the two shows.
        state = digest(workspace, job)
        adopt(workspace, job, stage, "" if changed_inputs(workspace, release) else state)


def _is_repeated(workspace: Workspace, last: Release, reason: Label) -> bool:
    """Whether a corrigendum is the one that was published last: its command was stopped, and is run again."""
    return last.reason == reason and not changed_inputs(workspace, last)


def _again(workspace: Workspace, desk: Path, jobs: Sequence[Job], earlier: tuple[Release, ...]) -> int:
    """What is said of an edition that is published already; files that are missing under build/ are made again."""
    last = earlier[-1]
    refuse_changed(workspace, last, jobs[0].language)
    if all(_is_there(workspace, job, last) for job in jobs):
        click.echo(f"{last} is published already, and nothing changed since")
        return ExitCode.OK
    with staged(workspace, stored(workspace, last), earlier, desk) as stage:
        code = build_stage(stage, jobs, load_verify().prove, last.formats)
        lost = published_files(last, made_files(stage, jobs, last.formats)) if code == ExitCode.OK else ()
        if code == ExitCode.OK and not lost:
            _put(workspace, jobs, stage, last)
            click.echo(f"{last} is published already; its files were made again under build/")
    if lost:
        again = f"reporter rebuild {last.country} {last.year} --verify"
        raise ReporterError(f"{last} is published, but its files cannot be made again", hint=f"{again} says why")
    return code


def _is_there(workspace: Workspace, job: Job, release: Release) -> bool:
    """Whether the files of one language are those that were published, with their record and checksum."""
    paths = [job.file(workspace, form) for form in release.formats]
    there = sums_of({path.name: path.read_bytes() for path in paths if path.is_file()})
    published = {each for each in release.files if each[0] in {path.name for path in paths}}
    return set(there) == published and is_recorded(workspace, job, dict(there))


def _check_corrigendum(workspace: Workspace, country: str, year: int, earlier: tuple[Release, ...]) -> None:
    if not earlier:
        raise UsageError(
            f"{country} {year} is not published yet, so nothing can be corrected",
            hint=f"reporter publish {country} {year}",
        )
    if not changed_inputs(workspace, earlier[-1]):
        raise UsageError(
            f"no file changed since {earlier[-1]} was published", hint="correct the files first, then publish"
        )


def _check_data(workspace: Workspace, country: str, year: int) -> None:
    """Raises ReporterError unless the figures are final and no error is open."""
    checked = load_checked(workspace, country)
    data = checked.dataset.country(country)
    file = data.year(year) if data else None
    if file:
        check_ready(file.status, file.mark)
    stopped = blocking(checked.findings, year, strict=False)
    if stopped:
        raise DataError(stopped)


def _reason(written: Sequence[str], languages: Sequence[str]) -> Label:
    """The reason in each language; raises UsageError when one is missing."""
    texts: dict[str, str] = {}
    for each in written:
        language, sign, text = each.partition("=")
        if not sign and len(languages) == 1:
            language, text = languages[0], each
        if language not in languages or not text.strip():
            hint = f"write --corrigendum {languages[0]}=REASON; languages: {', '.join(languages)}"
            raise UsageError(f"--corrigendum {each[:60]!r} is no reason in one of the languages", hint=hint)
        texts[language] = " ".join(text.split())
    missing = [each for each in languages if texts and each not in texts]
    if missing:
        more = " ".join(f'--corrigendum "{each}=…"' for each in missing)
        raise UsageError(f"the reason is not given in {', '.join(missing)}", hint=f"add {more}")
    return Label(tuple((each, texts[each]) for each in languages if texts))


def _tell(release: Release, path: Path) -> None:
    click.echo(f"{release} is published: {options.shown(path)}")
    for name, sha256 in release.files:
        click.echo(f"  {name}  sha256 {sha256}")
    if release.number:
        click.echo("  hint: make a new package; it names what it replaces")
