"""The first files of a new year. Each figure, list and recurring activity of the year before waits for an answer, with
the earlier one as a comment."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from reporter.data.files.sources import DATA, Sources, known_years
from reporter.data.i18n import N_, Locale
from reporter.data.outline import SECTIONS, Part
from reporter.data.read.amount import UNANSWERED
from reporter.data.read.crosses import BY, names_in
from reporter.data.read.yaml_tree import Keys, read_yaml
from reporter.data.records import (
    CHALLENGES,
    RECOMMENDATIONS,
    Catalogue,
    Confidentiality,
    CountryData,
    Dataset,
    Passage,
    RecommendationState,
    Status,
    is_given,
    is_withheld,
)
from reporter.data.records.country import OVER
from reporter.editions.start.questions import Lines, breakdown_comments, core_of, item_of, questions
from reporter.text.markdown import carried_passages, part_title

SCHEMA = "# yaml-language-server: $schema=../../schema/year.json"
LEGEND = (
    f"# {UNANSWERED}: not looked up yet. Write the number (0 only if it is known that there were none), or instead:",
    "# missing (not available), suppressed (known but withheld), not applicable, not collected; at least 5; about 250.",
    "# Remove what is not counted this year.",
)
# What stays true of a figure from one year to the next; everything else was about one year only.
KEPT_OF_FIGURE = ("definition", "part_of", "incomplete")
KEPT_OF_ACTIVITY = ("kind", "title", "organiser", "audience", "target", "part_of")
SOURCE = "source"
WITHHELD = "withheld"
PART = "## School lessons {#school_lessons}"
WIDTH = 110
CARRIED = N_(
    "{title}. Until you write a text here, that of {years} is printed. Read it, then write a new one, or confirm "
    "that it still applies: {code} under still_holds: in {file}."
)
OVER_CHART = N_("Headline of a chart or table")
NOTHING_CARRIED = N_("{title}. Nothing is printed here until you write a text.")
CARRIED_WHOLE = N_(
    "Text below a heading replaces the whole section of earlier years, unless its first line is carry: rest. Then "
    "only a part with a code, such as {example}, replaces the part with that code or is added. To end a section, "
    "keep its heading and delete the comment below it."
)
HOW = {
    CHALLENGES: N_("A challenge is a title and a text; a paragraph that begins with > says what the figures show."),
    RECOMMENDATIONS: N_(
        "A recommendation is a title with a code, such as {example}, and a text; its recipients and deadline are "
        "under recommendations: in {file}."
    ),
}
STATES = ", ".join(state for state in RecommendationState if state is not RecommendationState.UNANSWERED)
DECISIONS = (
    "# Texts of earlier years that are printed again. Read each of them. Remove from the list those that you rewrite",
    "# or that no longer apply; then remove the signs # and enter who read the others, and on which day.",
)


def year_before(sources: Sources, country: str, year: int) -> int | None:
    return max((earlier_year for earlier_year in known_years(sources, country) if earlier_year < year), default=None)


def year_file(sources: Sources, dataset: Dataset, country: str, year: int, before: int) -> bytes:
    """Write the file of a year based on an earlier one. Withheld values are not repeated, since the file may leave the
    office. Texts that are printed again are comments, to be confirmed."""
    data = read_yaml(sources, f"{DATA}/{country}/{before}.yaml").data
    earlier: dict[str, Any] = data if isinstance(data, dict) else {}
    country_data = dataset.country(country)
    observations = [value for value in (country_data.observations if country_data else ()) if value.year == before]
    # Also those that a file of decisions withholds.
    withheld = frozenset(value.address for value in observations if is_given(value) and is_withheld(value))
    last_year = _Before(before, withheld, dataset.catalogue_of(country))
    lines = (
        SCHEMA,
        *LEGEND,
        f"year: {year}",
        "status: draft",
        _answer(SOURCE, earlier.get(SOURCE, ""), before),
        *_block("eurostat", (line for pair in _mapping(earlier.get("eurostat")).items() for line in _yaml(*pair))),
        *_block("figures", _figures(_mapping(earlier.get("figures")), last_year, dataset.settings.languages[0])),
        *_block("countries", _country_lists(earlier.get("countries"), before)),
        *_block("activities", _activities(_mapping(earlier.get("activities")), year, before)),
        *_block("earlier_recommendations", _states(dataset, country, year)),
        *_decisions(dataset, country, year),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def text_file(dataset: Dataset, country: str, year: int, locale: Locale) -> bytes:
    """Write the file of a year's texts in one language, with a heading for each section and a comment on what is
    printed until a text is written below it, and what to do with it."""
    data, file = dataset.country(country), f"{DATA}/{country}/{year}.yaml"
    lines = [f"<!-- {locale.text(CARRIED_WHOLE, example=PART)} -->", ""]
    for part in _written(data):
        earlier = _carried(dataset, part, country, year, locale.language)
        years = ", ".join(map(str, sorted({passage.year for passage in earlier})))
        words = {"title": locale.text(part.title), "years": years, "code": part.code, "file": file}
        comment = locale.text(CARRIED if earlier else NOTHING_CARRIED, **words)
        how = f" {locale.text(HOW[part.code], example=PART, file=file)}" if part.code in HOW else ""
        lines += [f"# {part.code}", f"<!-- {comment}{how} -->", ""]
    return "\n".join(lines).encode()


def _carried(dataset: Dataset, part: Part, country: str, year: int, language: str) -> tuple[Passage, ...]:
    data = dataset.country(country)
    written = (passage for passage in (data.passages if data else ()) if passage.section == part.code)
    passages = [passage for passage in written if passage.year < year and passage.is_of(year)]
    return carried_passages(passages, language, dataset.settings.languages)


def _decisions(dataset: Dataset, country: str, year: int) -> Lines:
    texts = [
        part.code
        for part in _written(dataset.country(country))
        if any(_carried(dataset, part, country, year, language) for language in dataset.settings.languages)
    ]
    if texts:
        yield from (*DECISIONS, "# still_holds:")
        entry = f"- texts: [{', '.join(texts)}]"
        yield from wrap(entry, WIDTH, initial_indent="#   ", subsequent_indent="#       ")
        yield from ('#     by: "[your name]"', f'#     day: "[the day, such as {year + 1}-03-01]"')


def _states(dataset: Dataset, country: str, year: int) -> Lines:
    data = dataset.country(country)
    for recommendation in data.asked_again(year) if data else ():
        texts = (passage for passage in data.passages if passage.year == recommendation.year) if data else ()
        title = part_title(texts, RECOMMENDATIONS, recommendation.code, dataset.settings.languages[0])
        yield f"{recommendation.code}:  # {recommendation.year}: {_one_line(title)}"
        yield f"  state: {UNANSWERED}  # {STATES}"


def _written(data: CountryData | None) -> Iterator[Part]:
    there = {passage.section for passage in data.passages} if data else set()
    for chapter in SECTIONS:
        asked = not (chapter.from_data or chapter.optional or chapter.annex)
        yield from (part for part in chapter.walk() if asked or part.code in there)
    yield from (Part(code, OVER_CHART) for code in sorted(there) if code.startswith(OVER))


def _mapping(written: object) -> dict[str, Any]:
    return written if isinstance(written, dict) else {}


def _block(name: str, lines: Lines) -> Lines:
    inside = list(lines)
    if all(line.startswith("#") for line in inside):
        yield from inside
    else:
        yield from (f"{name}:", *(f"  {line}".rstrip() for line in inside))


@dataclass(frozen=True, slots=True)
class _Before:
    """The year before: the addresses of its withheld values, and the catalogue of its country."""

    year: int
    withheld: frozenset[str]
    catalogue: Catalogue


def _figures(figures: Mapping[str, Any], before: _Before, language: str) -> Lines:
    """The core figures, those that only Article 19a asks for, then the others."""
    core = core_of(before.catalogue)
    core_codes = [indicator.code for indicator in core]
    for code in (code for code in figures if code in core_codes):
        yield from _figure(code, figures[code], before)
    answered = {item_of(indicator) for indicator in core if indicator.code in figures}
    lacking = [indicator for indicator in core if item_of(indicator) and item_of(indicator) not in answered]
    yield from questions(before.catalogue, language, lacking)
    others = [code for code in figures if code not in core_codes]
    yield from ("", f"# Further figures of {before.year}") if others and core else ()
    for code in others:
        yield from _figure(code, figures[code], before)


def _figure(code: str, written: object, before: _Before) -> Lines:
    if not isinstance(written, dict):
        yield _answer(code, written, before.year, hidden=code in before.withheld)
        return
    yield f"{code}:"
    hidden = _is_withheld(written)
    if "total" in written or not any(key.startswith(BY) for key in written):
        total = written.get("total", Status.MISSING)
        yield f"  {_answer('total', total, before.year, hidden=hidden or code in before.withheld)}"
    yield from (f"  {line}" for key in KEPT_OF_FIGURE if key in written for line in _yaml(key, written[key]))
    # The source of this year's figures is not known from an earlier year.
    yield from (f"  {_answer(SOURCE, written[SOURCE], before.year)}",) if SOURCE in written else ()
    for key, parts in written.items():
        # An emptied breakdown asks nothing.
        if key.startswith(BY) and parts:
            yield f"  {key}:"
            names = names_in(key)
            yield from (f"    {line}" for line in _parts(_mapping(parts), before, code, names, hidden=hidden))
    yield from _asked_too(code, written, before.catalogue)


def _parts(
    parts: Mapping[str, Any], before: _Before, figure: str, names: Sequence[str], outer: Keys = (), *, hidden: bool
) -> Lines:
    """The parts of a breakdown, a line each; the rows of a cross, a line each if it is short enough."""
    for part, written in parts.items():
        codes = (*outer, part)
        if len(codes) == len(names):
            address = f"{figure}.{before.catalogue.cell(zip(names, codes, strict=True))}"
            yield _answer(part, written, before.year, hidden=hidden or address in before.withheld)
            continue
        cells = list(_parts(_mapping(written), before, figure, names, codes, hidden=hidden))
        answers = [cell.partition(f"  # {before.year}: ") for cell in cells]
        row = f"{part}: {{{', '.join(cell for cell, _, _ in answers)}}}"
        row += f"  # {before.year}: {', '.join(value for _, _, value in answers)}"
        is_row = len(codes) + 1 == len(names) and len(row) <= WIDTH
        yield from (row,) if is_row else (f"{part}:", *(f"  {cell}" for cell in cells)) if cells else ()


def _asked_too(code: str, written: Mapping[str, Any], catalogue: Catalogue) -> Lines:
    """As comments, the breakdowns that Article 19a asks for and the year before did not have."""
    indicator = catalogue.indicator(code)
    items = [item for item in catalogue.article_19a.items if indicator and item.code == item_of(indicator)]
    wanted = {split.dimension for split in catalogue.article_19a.splits for item in items if split.code in item.splits}
    axes = [axis.code for axis in catalogue.axes(indicator) if axis.code in wanted]
    lacking = [name for name in axes if f"{BY}{name}" not in written]
    yield from (
        ("  # Article 19a also asks, if it is counted:", *breakdown_comments(catalogue, lacking)) if lacking else ()
    )


def _answer(name: str, written: object, before: int, *, hidden: bool = False) -> str:
    value = written.get("value") if isinstance(written, dict) else written
    if hidden or (isinstance(written, dict) and _is_withheld(written)):
        value = WITHHELD
    return f"{name}: {UNANSWERED}  # {before}: {_one_line(value)}"


def _is_withheld(written: Mapping[str, Any]) -> bool:
    return bool(written.get("confidentiality", Confidentiality.FREE) != Confidentiality.FREE)


def _one_line(value: object) -> str:
    return " ".join(str(value).split())


def _country_lists(lists: object, before: int) -> Lines:
    for country_list in map(_mapping, lists if isinstance(lists, list) else ()):
        named = country_list.get("named")
        names_text = ", ".join(map(_one_line, named)) if isinstance(named, list) else _one_line(named or "")
        yield f"- kind: {country_list.get('kind', '')}"
        yield f"  named: {UNANSWERED}  # {before}: {names_text or 'groups only'}"


def _activities(activities: Mapping[str, Any], year: int, before: int) -> Lines:
    for code, written in activities.items():
        activity = _mapping(written)
        names = f"{code} {' '.join(map(str, _mapping(activity.get('title')).values()))}"
        if activity.get("period") != str(before) or str(before) in names:
            yield f"# {code} was in {before} only ({activity.get('period', '')})"
            continue
        yield f"{code}:"
        for key in KEPT_OF_ACTIVITY:
            yield from (f"  {line}" for line in _yaml(key, activity[key])) if key in activity else ()
        yield from (f"  {_answer(SOURCE, activity[SOURCE], before)}",) if SOURCE in activity else ()
        yield f"  period: {year}"
        answers = (_answer(name, value, before) for name, value in _mapping(activity.get("figures")).items())
        yield from (f"  {line}" for line in _block("figures", answers))


def _yaml(key: str, written: object) -> Lines:
    if isinstance(written, list):
        yield f"{key}: [{', '.join(map(_one_line, written))}]"
        return
    if not isinstance(written, dict):
        yield f"{key}: {_one_line(written)}"
        return
    yield f"{key}:"
    # A text in JSON's quotes is also valid in YAML.
    yield from (f"  {language}: {json.dumps(text, ensure_ascii=False)}" for language, text in written.items())
