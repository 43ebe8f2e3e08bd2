"""The tables of a profile."""

from collections.abc import Iterator, Mapping

from reporter.data.i18n import N_
from reporter.data.records import (
    Activity,
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
from reporter.data.records.calendar import year_of
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


CAMPAIGNS, TRAINING, JOINT_WORK = KINDS = (
    (N_("Campaigns and measures in figures"), (ActivityKind.CAMPAIGN,)),
    (N_("Training in figures"), (ActivityKind.TRAINING,)),
    (N_("Coordination and joint work in figures"), (ActivityKind.COOPERATION, ActivityKind.COORDINATION)),
)


def campaigns(context: Context) -> Table | None:
    """The reach of campaigns and measures in the edition's year and the year before, and the targets of the year."""
    return _recent_activities(context, "campaigns", *CAMPAIGNS)


def training_events(context: Context) -> Table | None:
    """Training of the edition's year and the year before with its figures, and the targets of the year."""
    return _recent_activities(context, "training_events", *TRAINING)


def joint_work(context: Context) -> Table | None:
    """Joint undertakings and coordination of the edition's year and the year before, and the targets of the year."""
    return _recent_activities(context, "joint_work", *JOINT_WORK)


def earlier_activities(context: Context) -> Table | None:
    """Activities and targets with figures that are too old for the three tables of the edition's year. None without."""
    entries = [entry for entry in context.vintage.data.activities if not _is_recent(entry, context.vintage.year)]
    groups = {title: [entry for entry in entries if entry.kind in kinds and not entry.target] for title, kinds in KINDS}
    groups[N_("Targets")] = [entry for entry in entries if entry.target]
    return _activities(context, "earlier_activities", N_("Activities of earlier years"), groups)


def _is_recent(entry: Activity, year: int) -> bool:
    """Whether an edition lists an activity as recent: reported or ended this year or, for a result, in the last."""
    return max(entry.year, year_of(entry.until) or 0) >= (year if entry.target else year - 1)


def _recent_activities(context: Context, code: str, caption: str, kinds: tuple[ActivityKind, ...]) -> Table | None:
    year = context.vintage.year
    recent = [entry for entry in context.vintage.data.activities if entry.kind in kinds and _is_recent(entry, year)]
    targets = [entry for entry in recent if entry.target]
    results = [entry for entry in recent if not entry.target]
    return _activities(context, code, caption, {N_("Results") if targets else "": results, N_("Targets"): targets})


def _activities(context: Context, code: str, caption: str, groups: Mapping[str, list[Activity]]) -> Table | None:
    """Activities with figures below the heading of each group, the latest first."""
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
    for heading, group in groups.items():
        counted = sorted((item for item in group if item.figures), key=lambda item: (-item.year, item.since))
        lines += [Line(context.text(heading), heading=True)] if heading and counted else []
        for item in counted:
            title = item.title.text(context.locale.language)
            words = [context.locale.period(item.since, item.until), item.organiser.text(context.locale.language)]
            for observation in item.figures:
                lines.append(Line(title, [*words, context.label(observation.indicator), observation]))
                title, words = "", ["", ""]
    return tabulate(heads, lines, context.vintage, context.locale) if lines else None


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
