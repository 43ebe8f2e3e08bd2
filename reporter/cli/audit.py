"""`reporter audit`: reports withheld figures that readers can work out."""

from collections.abc import Iterator
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.as_json import pick
from reporter.data.files.workspace import find_workspace
from reporter.data.i18n import three_letters
from reporter.data.read.glotip import read_glotip
from reporter.editions.audit.audit import Audit, Leak, audit
from reporter.editions.audit.audited_edition import audited_editions, withheld_truth
from reporter.editions.audit.collecting import audited_package
from reporter.editions.job import years_of
from reporter.figures.withhold.decisions import protect_helps
from reporter.figures.withhold.solver import require_solver

PACKAGE = ".zip"
MOST_LISTED = 10
EPILOG = """\b
Examples:
  reporter audit LT 2021            everything published, and this edition
  reporter audit LT 2021 --publication GLOTIP.csv
  reporter audit LT-2019-commission.zip LT-2020-commission.zip"""
OUT = "what was published stays known: do not publish more that follows from it; see docs/disclosure.md"


@click.command("audit", epilog=EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="COUNTRY YEAR | PACKAGE.zip...")
@click.option(
    "--publication",
    "publications",
    multiple=True,
    type=options.FILE,
    metavar="FILE",
    help="Figures published elsewhere: the public CSV of UNODC's GLOTIP.",
)
@click.option("-w", "--workspace", "root", type=click.Path(path_type=Path), help="The folder of the workspace.")
@options.output_format
@options.verbosity
def command(words: tuple[str, ...], publications: tuple[Path, ...], root: Path | None, form: str, quiet: bool) -> int:
    """Reports withheld figures that readers can work out.

    Reads every number in the finished public files, in all editions published before and in the named packages, and
    checks what they reveal about each withheld figure. A figure is protected if at least five values remain possible
    for a reader who knows the rules of reporter protect, but not its random seed. Packages alone need no workspace. An
    exposed figure fails the audit and is shown with its possible values and the equations that reveal it. Numbers typed
    in texts have no address; they are listed.
    """
    require_solver()
    named = [word for word in words if not word.endswith(PACKAGE)]
    packages = [audited_package(Path(word)) for word in words if word.endswith(PACKAGE)]
    if not named:
        editions, truth = tuple(sorted(packages, key=lambda package: package.vintage.year)), {}
    else:
        if len(named) != 2 or not named[1].isdecimal():
            hint = "reporter audit LT 2021, or the names of packages"
            raise UsageError(f"an audit is of a country and a year, not of {' '.join(named)!r}", hint=hint)
        workspace, country, year = find_workspace(root or Path.cwd()), named[0], int(named[1])
        sources = workspace.snapshot()
        years_of(sources, country, year)
        own = audited_editions(workspace, sources, country, year)
        editions = (*packages, *own)
        truth = withheld_truth(sources, country, year, own[-1].vintage)
    countries = {edition.vintage.country.code for edition in editions}
    if len(countries) > 1:
        raise UsageError(f"one country is audited at a time, not {' and '.join(sorted(countries))}")
    code = three_letters(next(iter(countries)))
    outcome = audit(editions, truth, [read_glotip(path, options.display_path(path), code) for path in publications])
    helps = bool(named and outcome.exposed) and protect_helps(sources, country, year)
    remedy = f"reporter protect {country} {year} withholds the figures that disclose them" if helps else ""
    options.answer(form, _plain(outcome), _lines(outcome, remedy, quiet=quiet))
    return ExitCode.OK if outcome.passes else ExitCode.FINDINGS


def _lines(outcome: Audit, remedy: str, *, quiet: bool) -> Iterator[str]:
    for exposure in outcome.exposed:
        yield f"{exposure}"
        if exposure.way is Leak.OUT:
            yield f"  hint: {OUT}"
    yield from (f"{file} cannot be read: it {why}" for file, why in outcome.unread)
    if quiet:
        return
    if outcome.elsewhere:
        yield f"figures that are public in their source, whatever is withheld here: {len(outcome.elsewhere)}"
        yield from (f"  {exposure}" for exposure in outcome.elsewhere[:MOST_LISTED])
    if outcome.suspects:
        yield f"numbers typed next to withheld figures, for a person to read: {len(outcome.suspects)}"
        yield from (f"  {number.file}: {number.around}" for number in outcome.suspects[:MOST_LISTED])
    yield f"numbers without an address in running text: {len(outcome.loose)}; --format json lists them"
    if not outcome.files:
        yield "no finished files: only figures were checked; reporter build makes the files"
    if outcome.unseeded:
        yield f"decided without a seed, so what the choice reveals is not proved: {', '.join(outcome.unseeded)}"
    yield (
        f"{outcome.withheld} figures withheld, {len(outcome.exposed)} of them exposed; "
        f"{outcome.numbers} numbers read in {len(outcome.files)} files of {', '.join(outcome.editions)}"
    )
    if remedy:
        yield f"  hint: {remedy}"


def _plain(outcome: Audit) -> dict[str, object]:
    return {
        **pick(outcome, "passes", "editions", "files", "numbers", "withheld"),
        "exposed": [
            pick(item, "figure", "year", "way", "lowest", "highest", "equations", "places") for item in outcome.exposed
        ],
        "possible": [{"figure": figure, "year": year, "at_least": n} for figure, year, n in outcome.possible],
        "unseeded": outcome.unseeded,
        "elsewhere": [pick(item, "figure", "year", "lowest", "highest", "equations") for item in outcome.elsewhere],
        "suspects": [pick(number, "file", "text", "around") for number in outcome.suspects],
        "without_address": [pick(number, "file", "text", "around") for number in outcome.loose],
        "unread": [{"file": file, "why": why} for file, why in outcome.unread],
    }
