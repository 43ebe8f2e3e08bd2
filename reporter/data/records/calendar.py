"""Dates, stored as ISO 8601 text only."""

from collections.abc import Iterable


def year_of(iso: str) -> int | None:
    """The year of an ISO date, which may lack day or month; None for empty text."""
    return int(iso[:4]) if iso else None


def in_force(since: int | None, until: int | None, year: int) -> bool:
    """Whether a period includes a year. `since` and `until` are its first and last year; None means open."""
    return (since is None or since <= year) and (until is None or year <= until)


def year_runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """The runs of consecutive years, each as first and last year, in ascending order."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs
