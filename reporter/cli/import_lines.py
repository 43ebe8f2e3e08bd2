"""What came of an import, as lines for people and plain values."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from reporter.edition.job import spans
from reporter.errors import Severity
from reporter.files.as_json import pick
from reporter.i18n import Locale
from reporter.intake.imports.importing import ImportPlan

# So many rows, faults or proposals of a kind are named; all of them with --verbose.
MOST_NAMED = 6
HEAD = 11


def import_lines(
    plan: ImportPlan, written: Sequence[str], locale: Locale, *, verbose: bool, dry_run: bool
) -> Iterator[str]:
    """What was made, proposed, withheld, accepted and left."""
    figures, most = plan.figures, None if verbose else MOST_NAMED
    stamp = f", published {locale.date(figures.published)}" if figures.published else ""
    yield f"{plan.country} from {figures.file}{stamp}: {len(figures.values)} values, {spans(plan.years)}"
    if plan.is_known:
        yield "  it was taken in before, and nothing of it has changed since: nothing is written"
    if plan.made:
        yield _line("made", f"{spans(plan.made)}, as drafts")
    for year, keys in groupby(plan.filled, key=lambda each: each[1]):
        yield _line("filled in", f"{year}: {len([*keys])} values that the draft left open")
    for year, same in groupby(plan.proposals, key=lambda each: each[0]):
        found = [each for _, each in same]
        yield _line("proposed", f"{year}: {len(found)} values; decide: reporter answers {plan.country} {year}")
        rows = [
            f"{each.figure:<40} {each.now or 'nothing'} → {each.said.answer.value}  {each.said.answer.cell}"
            for each in found
        ]
        yield from _some(rows, most)
    yield from _of_disclosure(plan)
    if plan.accepted:
        yield _line("accepted", f"{len(plan.accepted)} findings that its own faults explain:")
        yield from _some([f"{each.year} {each.message}  {each.code}" for each in plan.accepted], most)
    yield from _of_file(plan, most)
    for each in figures.warnings:
        yield _line("note", each)
    for finding in plan.open:
        if finding.severity is Severity.ERROR or verbose:
            yield _line(str(finding.severity), f"{finding.mark}: {finding.message} [{finding.code}]")
    warnings = sum(each.severity is Severity.WARNING for each in plan.open)
    if warnings and not verbose:
        yield _line("warnings", f"{warnings} that a person looks at: reporter check {plan.country}")
    if dry_run:
        yield f"nothing is written: without --dry-run, {len(written)} files would be"
    elif written:
        yield f"wrote {len(written)} files below data/{plan.country}/"
    if plan.made and not dry_run:
        yield f"next: reporter build {plan.country} {plan.made[-1]}"


def _of_disclosure(plan: ImportPlan) -> Iterator[str]:
    masked = sum(each.value == "suppressed" for each in plan.figures.values)
    if masked and plan.made:
        yield _line("masked", f"{masked} values, written as suppressed")
    if plan.withheld:
        yield _line("withheld", f"{len(plan.withheld)} values, by which a masked one could be worked out")
    if plan.unprotected and masked:
        yield _line(
            "withheld", f"nothing else yet: reporter protect {plan.country} {plan.made[-1]} looks for what tells them"
        )


def _of_file(plan: ImportPlan, most: int | None) -> Iterator[str]:
    """What the file contradicts itself in, and what is left of it."""
    figures = plan.figures
    if figures.faults:
        yield _line("doubtful", f"{len(figures.faults)} places in the file itself:")
        rows = [
            f"{each.year} {each.words}" + (f" ({', '.join(each.places)})" if each.places else "")
            for each in figures.faults
        ]
        yield from _some(rows, most)
    if figures.left:
        yield _line("left", f"{len(figures.left)} rows that no figure here answers to:")
        for reason, count in Counter(each.reason for each in figures.left).most_common():
            named = Counter(each.words for each in figures.left if each.reason == reason)
            yield f"{'':<{HEAD}}{count} × {reason}"
            yield from (f"  {line}" for line in _some([f"{words} ({n})" for words, n in named.most_common()], most))


def plain_import(plan: ImportPlan, written: Sequence[str]) -> dict[str, object]:
    """What came of an import as programs read it."""
    return {
        "country": plan.country,
        **pick(plan.figures, "file", "sha256", "source", "published", "warnings"),
        "years": plan.years,
        "made": plan.made,
        "filled": [{"figure": figure, "year": year} for figure, year in plan.filled],
        "proposals": [
            {
                "figure": each.figure,
                "year": year,
                "now": each.now,
                "value": each.said.answer.value,
                "place": each.said.answer.cell,
            }
            for year, each in plan.proposals
        ],
        "withheld": [{"figure": figure, "year": year} for figure, year in plan.withheld],
        "accepted": [pick(each, "code", "figure", "year", "message") for each in plan.accepted],
        "open": [pick(each, "severity", "code", "figure", "year", "message", "mark") for each in plan.open],
        "faults": [
            pick(each, "year", "figures", "places") | {"words": str(each.words)} for each in plan.figures.faults
        ],
        "left": [pick(each, "place", "words", "reason") for each in plan.figures.left],
        "known": plan.is_known,
        "written": written,
    }


def _line(head: str, text: str) -> str:
    return f"  {head:<{HEAD - 2}}{text}"


def _some(rows: Sequence[str], most: int | None) -> Iterator[str]:
    yield from (f"{'':<{HEAD}}{each}" for each in rows[:most])
    if most is not None and len(rows) > most:
        yield f"{'':<{HEAD}}… and {len(rows) - most} more: --verbose"
