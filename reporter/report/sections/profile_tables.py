"""The tables of a profile."""

from collections.abc import Iterator

from reporter.data.i18n import N_
from reporter.data.records import (
    ActivityKind,
    Cross,
    Dimension,
    Indicator,
    Observation,
    Provision,
    is_given,
    is_hidden,
    used_crosses,
)
from reporter.figures.analysis.arithmetic import part_series
from reporter.report.context import Context
from reporter.report.document.document import Column, Table
from reporter.report.sections.breakdown_tables import is_shown
from reporter.report.tables.tabulate import Content, Line, TableHeader, TextValue, TextWithNote, tabulate, year_columns

RANGES = (("prison_min", "prison_max"), ("fine_min", "fine_max"), ("reflection", "reflection"), ("permit", "permit"))


def penalties(context: Context) -> Table | None:
    """Legal provisions in force, with penalties and periods."""
    provisions = context.vintage.country.provisions
    if not provisions:
        return None
    heads = TableHeader(
        code="penalties",
        caption=context.text("Legal provisions and penalties"),
        unit_line=context.text(
            N_("In force in {year} where a date is given; start dates of the others are not stated")
            if not all(provision.is_known_in(context.vintage.year) for provision in provisions)
            else N_("In force in {year}; see the notes")
            if any(provision.note for provision in provisions)
            else N_("In force in {year}"),
            year=context.vintage.year,
        ),
        stub=context.text("Provision"),
        columns=tuple(
            Column(context.text(name), text=True) for name in (N_("Subject"), N_("Since"), N_("Minimum"), N_("Maximum"))
        ),
    )
    lines = [line for provision in provisions for line in _provision(context, provision)]
    return tabulate(heads, lines, context.vintage, context.locale, (context.vintage.country.source,))


def _provision(context: Context, rule: Provision) -> Iterator[Line]:
    language = context.locale.language
    subject, note = rule.subject.text(language), rule.note.text(language)
    words: list[Content] = [TextWithNote(subject, note) if note else subject, context.locale.date(rule.since) or ":"]
    for number, limits in enumerate(list(_limits(context, rule)) or [(rule.least.text(language) or ":", ":")]):
        first = number == 0
        yield Line(provision_name(context, rule) if first else "", [*(words if first else ["", ""]), *limits])


def provision_name(context: Context, provision: Provision) -> str:
    article = context.text(", Article {n}", n=context.locale.article(provision.article)) if provision.article else ""
    return context.locale.put("{}{}", provision.law.text(context.locale.language), article)


def _limits(context: Context, provision: Provision) -> Iterator[tuple[Content, Content]]:
    """The minimum and maximum of each kind of limit in a provision: imprisonment, fines, periods."""
    values = {observation.indicator.removeprefix("law."): observation for observation in provision.figures}
    for least, most in RANGES:
        if least in values or most in values:
            low, high = (limit(context, values.get(name)) for name in (least, most))
            low = provision.least.text(context.locale.language) or low
            yield ("–", high) if least == most else (low, high)


def limit(context: Context, observation: Observation | None) -> Content:
    if observation is None:
        return ":"
    return TextValue(context.locale.measured(observation, context.indicator(observation.indicator).unit), observation)


def campaigns(context: Context) -> Table | None:
    """The reach of campaigns and measures; aims come last."""
    return _activities(context, (ActivityKind.CAMPAIGN,), "campaigns", N_("Campaigns and measures in figures"))


def training_events(context: Context) -> Table | None:
    """Training with figures, by organiser and period."""
    return _activities(context, (ActivityKind.TRAINING,), "training_events", N_("Training in figures"))


def joint_work(context: Context) -> Table | None:
    """Joint undertakings and coordination with their figures."""
    kinds = (ActivityKind.COOPERATION, ActivityKind.COORDINATION)
    return _activities(context, kinds, "joint_work", N_("Coordination and joint work in figures"))


def _activities(context: Context, kinds: tuple[ActivityKind, ...], code: str, caption: str) -> Table | None:
    activities = [entry for entry in context.vintage.data.activities if entry.kind in kinds and entry.figures]
    if not activities:
        return None
    activities.sort(key=lambda entry: (entry.target, -entry.year, entry.since))
    heads = TableHeader(
        code=code,
        caption=context.text(caption),
        unit_line=context.text("Counts as reported; they are not added"),
        stub=context.text("Activity"),
        columns=(
            *(Column(context.text(name), text=True) for name in (N_("Period"), N_("Organiser"), N_("Counted"))),
            Column(context.text("Number")),
        ),
    )
    lines = list[Line]()
    for item in activities:
        title = item.title.text(context.locale.language)
        words = [context.locale.period(item.since, item.until), item.organiser.text(context.locale.language)]
        if item.target:
            title = context.text("{title} (target)", title=title)
        for observation in item.figures:
            lines.append(Line(title, [*words, context.label(observation.indicator), observation]))
            title, words = "", ["", ""]
    return tabulate(heads, lines, context.vintage, context.locale)


def time_table(context: Context) -> Table | None:
    """Every yearly figure since the series began: a row for each indicator, its parts below. None without figures."""
    figure_codes = {item.indicator for item in context.vintage.data.observations if is_given(item) or is_hidden(item)}
    indicators = (candidate for candidate in context.vintage.catalogue.indicators if candidate.code in figure_codes)
    lines, years = list[Line](), context.vintage.years
    for indicator in indicators:
        series = context.vintage.series(indicator.code)
        lines.append(Line(context.label(indicator.code), [series.get(year) for year in years]))
        axes = context.vintage.catalogue.axes(indicator)
        lines += [line for axis in axes for line in _part_lines(context, indicator, axis, named=False)]
        for axis in (*axes, *used_crosses((context.vintage,), context.vintage.catalogue, indicator.code, years)):
            if named := list(_part_lines(context, indicator, axis, named=True)):
                by = context.locale.inside(axis.label.text(context.locale.language))
                lines += [Line(context.locale.put("{}: {}", context.label(indicator.code), by), heading=True), *named]
    if not lines:
        return None
    heads = TableHeader(
        code="time_table",
        caption=context.text(
            "All figures, {country}, {span}", country=context.locale.name_of(context.vintage.country), span=context.span
        ),
        unit_line=context.locale.opened(context.text("figures of different populations are never added or compared")),
        stub=context.text("Number of"),
        columns=year_columns(context.vintage),
    )
    return tabulate(heads, lines, context.vintage, context.locale)


def _part_lines(context: Context, indicator: Indicator, axis: Dimension, *, named: bool) -> Iterator[Line]:
    """The parts with a value in some year: those of a plain breakdown, or the `named` countries and cells of a cross,
    which need a heading."""
    for member in axis.codes:
        parts = part_series(context.vintage, indicator.code, axis.code, member.code)
        if (isinstance(axis, Cross) or axis.is_country(member.code)) is named and any(map(is_shown, parts)):
            label = member.label.text(context.locale.language)
            yield Line(label, [parts.get(year) for year in context.vintage.years], level=1)
