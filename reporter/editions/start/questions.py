"""Questions of a year's file: each figure with what it counts, and below it how it can be broken down, as comments."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from reporter.data.read.amount import UNANSWERED
from reporter.data.read.catalogue import ANSWER
from reporter.data.records import Catalogue, Indicator

Lines = Iterator[str]
WIDTH = 116


def item_of(indicator: Indicator) -> str:
    """The item of Article 19a that an indicator answers, or ""."""
    return dict(indicator.mappings).get(ANSWER, "")


def core_of(catalogue: Catalogue) -> tuple[Indicator, ...]:
    return tuple(indicator for indicator in catalogue.indicators if indicator.key or item_of(indicator))


def questions(catalogue: Catalogue, language: str, indicators: Iterable[Indicator]) -> Lines:
    """A question for each figure, those of Article 19a below its items."""
    groups: dict[str, list[Indicator]] = {"": [], **{item.code: [] for item in catalogue.article_19a.items}}
    for indicator in indicators:
        groups.setdefault(item_of(indicator), []).append(indicator)
    titles = {item.code: item.label.text(language) for item in catalogue.article_19a.items}
    for code, group in groups.items():
        if group and code:
            yield from ("", f"# Article 19a ({code}): {titles.get(code, '')}".rstrip(": "))
        for indicator in group:
            description = f"{indicator.label.text(language)}: {indicator.definition.text(language)}"
            yield from ("", *(f"# {line}" for line in wrap(description, WIDTH)))
            yield from (f"{indicator.code}:", f"  total: {UNANSWERED}")
            yield from breakdown_comments(catalogue, indicator.dimensions)


def breakdown_comments(catalogue: Catalogue, dimensions: Iterable[str]) -> Lines:
    """The breakdowns of a figure with their codes, without countries and those that are rarely used."""
    for axis in filter(None, map(catalogue.dimension, dimensions)):
        members = [member for member in axis.codes if not member.residual]
        divided = {member.within for member in members}
        codes = ", ".join(member.code for member in members if member.code not in divided)
        yield from (f"  # {line}" for line in wrap(f"by {axis.code}: {codes}", WIDTH, subsequent_indent="  "))
