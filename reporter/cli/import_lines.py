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
HEAD = 12


def import_lines(
    plan: ImportPlan, written: Sequence[str], locale: Locale, *, verbose: bool, dry_run: bool
) -> Iterator[str]:
    figures, most = plan.figures, None if verbose else MOST_NAMED
    stamp = f", published {locale.date(figures.published)}" if figures.published else ""
    yield f"{plan.country} from {figures.file}{stamp}: {_values(len(figures.values))}, {spans(plan.years)}"
    if plan.is_known:
        yield "  it was taken in before, and nothing has changed since: nothing is written"
    yield from _of_years(plan, most)
    yield from _of_disclosure(plan)
    # What the file itself is like was said when it was taken in.
    if verbose or not plan.is_known:
        yield from _of_file(plan, most)
    yield from _of_checks(plan, most, verbose=verbose)
    if dry_run:
        yield f"nothing is written: without --dry-run, {len(written)} files would be"
    elif written:
        yield f"wrote {len(written)} files"
    changed = (*plan.made, *(year for _, year in plan.filled))
    if changed and not dry_run:
        yield f"next: reporter build {plan.country} {max(changed)}"


def _of_years(plan: ImportPlan, most: int | None) -> Iterator[str]:
    if plan.made:
        yield _line(
            "made", f"{spans(plan.made)}, as a draft" if len(plan.made) == 1 else f"{spans(plan.made)}, as drafts"
        )
    for year, keys in groupby(plan.filled, key=lambda each: each[1]):
        yield _line("filled in", f"{year}: {_values(len([*keys]))} that the draft left open")
    for year, same in groupby(plan.proposals, key=lambda each: each[0]):
        found = [each for _, each in same]
        yield _line("proposed", f"{year}: {_values(len(found))}; decide: reporter answers {plan.country} {year}")
        if most is None or len(plan.proposals) <= most:
            said = ((each.figure, each.now or "nothing", each.said.answer) for each in found)
            yield from (f"{'':<{HEAD}}{figure:<40} {now} → {one.value}  {one.cell}" for figure, now, one in said)


def _of_checks(plan: ImportPlan, most: int | None, *, verbose: bool) -> Iterator[str]:
    for each in plan.figures.warnings:
        yield _line("note", each)
    for severity in (Severity.ERROR, Severity.WARNING):
        found = [each for each in plan.open if each.severity is severity]
        if found:
            yield _line(f"{severity}s", f"{len(found)} that a person looks at: reporter check {plan.country}")
        if verbose or severity is Severity.ERROR:
            yield from _some([f"{each.mark}: {each.message} [{each.code}]" for each in found], most)


def _of_disclosure(plan: ImportPlan) -> Iterator[str]:
    masked = sum(each.value == "suppressed" for each in plan.figures.values)
    if masked and plan.made:
        yield _line("masked", f"{_values(masked)}, written as suppressed")
    if plan.withheld:
        yield _line("withheld", f"{_values(len(plan.withheld))}, by which a masked one could be worked out")
    if plan.left_out:
        named = ", ".join(f"{address} of {year}" for address, year in plan.left_out)
        yield _line("left out", f"masked values that follow from others whatever is withheld: {named}")
    if plan.unprotected and masked:
        yield _line(
            "withheld", f"nothing else yet: reporter protect {plan.country} {plan.made[-1]} looks for what tells them"
        )


def _of_file(plan: ImportPlan, most: int | None) -> Iterator[str]:
    figures = plan.figures
    if plan.accepted:
        yield _line("accepted", f"{len(plan.accepted)} findings, as the file states these values:")
        yield from _some([f"{each.year} {each.message} [{each.code}]" for each in plan.accepted], most)
    if plan.faults:
        yield _line("doubtful", f"{len(plan.faults)} places in the file itself:")
        lines = ((each, words, f" ({_places(each.places)})" if each.places else "") for each, words in plan.faults)
        yield from _some([f"{each.year} {words}{places}" for each, words, places in lines], most)
    if figures.left:
        yield _line("left", f"{len(figures.left)} rows that no figure here answers to:")
        for reason, count in Counter(each.reason for each in figures.left).most_common():
            named: dict[str, list[str]] = {}
            for each in (row for row in figures.left if row.reason == reason):
                named.setdefault(each.words, []).append(each.place)
            yield f"{'':<{HEAD}}{count} × {reason}"
            rows = sorted(named.items(), key=lambda each: -len(each[1]))
            told = [f"{words} ({places[0] if len(places) == 1 else len(places)})" for words, places in rows]
            yield from (f"  {line}" for line in _some(told, most))


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
        "left_out": [{"figure": figure, "year": year} for figure, year in plan.left_out],
        "accepted": [pick(each, "code", "figure", "year", "message") for each in plan.accepted],
        "open": [pick(each, "severity", "code", "figure", "year", "message", "mark") for each in plan.open],
        "faults": [pick(each, "year", "figures", "places") | {"words": words} for each, words in plan.faults],
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


def _places(places: Sequence[str]) -> str:
    """Places in few words: lines 47, 48 and 49."""
    lines = [each.removeprefix("line ") for each in places]
    if len(places) == 1 or any(line == each for line, each in zip(lines, places, strict=True)):
        return ", ".join(places)
    return f"lines {', '.join(lines[:-1])} and {lines[-1]}"


def _values(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"
