"""`reporter reconcile unodc`: compares national figures with another publication."""

import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import DataError, ExitCode
from reporter.data.files.as_json import pick
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import three_letters
from reporter.data.read.dataset import load_dataset
from reporter.data.read.glotip import read_glotip
from reporter.data.records import Publication, vintage
from reporter.data.records.label import ENGLISH
from reporter.editions.job import spans, years_of
from reporter.figures.reconcile import Agreement, Comparison, Fault, Reconciliation, reconcile

WIDTH = 80
EPILOG = """\b
Examples:
  reporter reconcile unodc LT GLOTIP.csv          every year in both
  reporter reconcile unodc LT GLOTIP.csv 2017     one year
  reporter reconcile unodc LT GLOTIP.csv --format json"""
UNSTAMPED = "a publication that names neither publisher nor date"
HEADS = {
    Agreement.AGREES: "Agree",
    Agreement.COMPATIBLE: "Compatible: a mask or a bound covers the other number",
    Agreement.POPULATION: "Another population: the same figure counts something else here",
    Agreement.CONFIDENTIAL: "Confidential here, so not compared",
    Agreement.ONLY_HERE: "Only here",
    Agreement.ONLY_THERE: "Only there",
}


@click.command("unodc", epilog=EPILOG)
@click.argument("country", shell_complete=options.complete_country)
@click.argument("file", type=click.Path(path_type=Path))
@options.year
@options.output_format
@options.workspace
@options.verbosity
def command(country: str, file: Path, year: int | None, form: str, workspace: Workspace, quiet: bool) -> int:
    """Compares national figures with those of another publication.

    FILE is the public CSV of UNODC's GLOTIP.

    Lists what agrees, differs or is missing on either side, with the likely reason of a difference. A difference is
    open until a year's file explains it under differences:, a renamed indicator until the catalogue has the new name.
    Contradictions within the file are listed, too.
    """
    sources = workspace.snapshot()
    years = years_of(sources, country, year)
    publication = read_glotip(file, options.display_path(file), three_letters(country))
    dataset, faults = load_dataset(sources, (country,))
    if faults:
        raise DataError(faults)
    result = reconcile(vintage(dataset, country, years[-1]), publication, year)
    options.answer(form, _plain(country, publication, result), _text(country, publication, result, quiet=quiet))
    if not quiet:
        counts = {each: len(result.of(each)) for each in Agreement}
        differing = f"{counts[Agreement.DIFFERS]} differ, {len(result.unexplained)} of them unexplained"
        click.echo(
            f"{counts[Agreement.AGREES]} agree, {counts[Agreement.COMPATIBLE]} compatible, {differing}, "
            f"{counts[Agreement.ONLY_HERE]} only here, {counts[Agreement.ONLY_THERE]} only there, "
            f"{len(result.faults)} doubtful in the file",
            err=True,
        )
    # An unexplained difference and a renamed indicator need a person.
    return ExitCode.FINDINGS if result.unexplained or result.renamed_indicators else ExitCode.OK


def _text(country: str, publication: Publication, result: Reconciliation, *, quiet: bool) -> Iterator[str]:
    """Write the result for people, grouped by kind, open work first."""
    open_, explained = result.unexplained, [each for each in result.of(Agreement.DIFFERS) if each.explanation]
    if not quiet:
        stamp = " ".join((publication.publisher, publication.stamped)).strip()
        yield from _wrapped(f"{country} against {stamp or UNSTAMPED}", 0)
        yield from _wrapped(f"{publication.path}, {spans(result.years_there)}; in both: {spans(result.years)}", 0)
    yield from _section("Differ, not explained", open_, (line for each in open_ for line in _difference(each)))
    yield from _section("Probably renamed", result.renamed_indicators, _renamed(result))
    stale = [f"{each.figure} {each.year}: {each.published} there, as {each.mark} says" for each in result.stale]
    yield from _section("Explained, but outdated", stale, (line for text in stale for line in _wrapped(text, 2)))
    if quiet:
        return
    yield from _section("Differ, explained", explained, (line for each in explained for line in _difference(each)))
    for verdict, head in HEADS.items():
        yield from _section(head, result.of(verdict), _gathered(result.of(verdict)))
    yield from _section("Doubtful in the file itself", result.faults, _doubts(result.faults))
    if result.unmatched:
        yield ""
        yield from _wrapped(f"Rows without a matching figure: {result.unmatched}", 0)
    if result.unknown:
        yield from _wrapped(f"of indicators without a match: {', '.join(result.unknown)}", 2)


def _section(head: str, found: Iterable[object], lines: Iterable[str]) -> Iterator[str]:
    count = len(list(found))
    if count:
        yield from ("", f"{head} ({count})", *lines)


def _difference(each: Comparison) -> Iterator[str]:
    yield from _wrapped(f"{each.figure} {each.year}: {each.here} here, {each.there} there", 2)
    places = [str(seen.mark) for seen in each.seen[:1]] + ([str(each.there.mark)] if each.there else [])
    yield from (f"      {place}" for place in places)
    yield from (line for reading in each.causes for line in _wrapped(f"likely: {reading}", 4))
    if each.explanation:
        yield from _wrapped(f"reason: {each.explanation.reason.text(ENGLISH)}", 4)


def _renamed(result: Reconciliation) -> Iterator[str]:
    for each in result.renamed_indicators:
        near = get_close_matches(each, result.unknown, 1, 0) or result.unknown
        yield from _wrapped(f"{each}: not in the file, which has {near[0]}", 2)
    yield from _wrapped("hint: write the new name as glotip: in data/catalogue.yaml", 2)


def _gathered(found: Iterable[Comparison]) -> Iterator[str]:
    # For information only.
    years: dict[str, list[int]] = {}
    for each in found:
        name = str(each.cell) if each.agreement is Agreement.ONLY_THERE else each.figure
        years.setdefault(name, []).append(each.year)
    for name, found_in in sorted(years.items()):
        yield from _wrapped(f"{name}: {spans(found_in)}", 2)


def _doubts(found: Iterable[Fault]) -> Iterator[str]:
    for pattern, same in groupby(sorted(found, key=lambda each: each.pattern), key=lambda each: each.pattern):
        yield f"  {pattern[0].upper()}{pattern[1:]}"
        for fault in same:
            lines = sorted({mark.line for mark in fault.marks})
            place = f" (line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))})" if lines else ""
            yield from _wrapped(f"{fault.year} {fault.indicator}: {fault.text}{place}", 4)


def _wrapped(text: str, indent: int) -> list[str]:
    head = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=f"{head}  " if indent else "", break_on_hyphens=False
    )


def _plain(country: str, publication: Publication, result: Reconciliation) -> dict[str, object]:
    return {
        "country": country,
        "file": publication.path,
        **pick(publication, "publisher", "stamped"),
        "years": result.years,
        "unexplained": len(result.unexplained),
        "figures": [
            pick(each, "figure", "label", "year")
            | {
                "verdict": each.agreement,
                "here": each.here or None,
                "there": str(each.there) if each.there else None,
                "there_called": str(each.cell),
                "place_here": each.seen[0].mark if each.seen else None,
                "place_there": each.there.mark if each.there else None,
                "likely": each.causes,
                "reason": each.explanation.reason.text(ENGLISH) if each.explanation else None,
            }
            for each in result.comparisons
        ],
        "stale": [pick(each, "figure", "year", "published") for each in result.stale],
        "faults": [
            pick(each, "pattern", "year", "indicator", "text") | {"lines": [mark.line for mark in each.marks]}
            for each in result.faults
        ],
        "strangers": result.unmatched,
        **pick(result, "unknown", "absent"),
    }
