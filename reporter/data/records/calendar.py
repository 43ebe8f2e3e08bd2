"""Dates, which the model keeps as ISO 8601 text only."""

from collections.abc import Iterable
from datetime import date, datetime, time


def date_of(iso: str) -> date:
    """Return the day of an ISO date. Raises ValueError when there is no such day."""
    return date.fromisoformat(iso)


def year_of(iso: str) -> int | None:
    """Return the year of an ISO date, None for empty text. The date may lack its day or month."""
    return int(iso[:4]) if iso else None


def in_force(since: int | None, until: int | None, year: int) -> bool:
    """Return whether a period touches a year. `since` and `until` are its first and last year; None means open."""
    return (since is None or since <= year) and (until is None or year <= until)


def year_runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Group years into runs without gaps. Each run is its first and last year; the runs are in ascending order."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def midnight(iso: str) -> datetime:
    """Return the beginning of a day. For file formats that want a time as well. Raises ValueError when there is no such
    day."""
    return datetime.combine(date_of(iso), time())
