"""The tables of a profile."""

from collections.abc import Iterator

from reporter.charts import Frame
from reporter.document import Column, Table
from reporter.i18n import N_
from reporter.model import Activity, ActivityKind, Indicator, Observation, Provision, is_given, is_hidden
from reporter.sections.material import Material
from reporter.tables import Content, Heads, Line, Noted, Worded, tabulate, year_columns

RANGES = (("prison_min", "prison_max"), ("fine_min", "fine_max"), ("reflection", "reflection"), ("permit", "permit"))


def penalties(material: Material) -> Table | None:
    """Legal provisions in force with their penalties and periods."""
    frame = material.frame
    provisions = frame.vintage.country.provisions
    if not provisions:
        return None
    heads = Heads(
        "penalties",
        frame.text("Legal provisions and penalties"),
        frame.text("In force in {year}; some dates are those of adoption, see the notes", year=frame.vintage.year),
        frame.text("Provision"),
        tuple(Column(frame.text(name), text=True) for name in (N_("Subject"), N_("Since"), N_("Least"), N_("Most"))),
    )
    lines = [line for each in provisions for line in _provision(frame, each)]
    return tabulate(heads, lines, frame.vintage, frame.locale, (frame.vintage.country.source,))


def _provision(frame: Frame, each: Provision) -> Iterator[Line]:
    language = frame.locale.language
    subject, note = each.subject.text(language), each.note.text(language)
    words: list[Content] = [Noted(subject, note) if note else subject, frame.locale.date(each.since) or ":"]
    for number, limits in enumerate(list(_limits(frame, each)) or [(each.least.text(language) or ":", ":")]):
        first = number == 0
        yield Line(provision_name(frame, each) if first else "", [*(words if first else ["", ""]), *limits])


def provision_name(frame: Frame, each: Provision) -> str:
    """The law and the article of a provision."""
    article = frame.text(", Article {n}", n=each.article) if each.article else ""
    return each.law.text(frame.locale.language) + article


def _limits(frame: Frame, each: Provision) -> Iterator[tuple[Content, Content]]:
    """The least and the most of each kind that a provision sets: imprisonment, fines, periods."""
    values = {seen.indicator.removeprefix("law."): seen for seen in each.figures}
    for least, most in RANGES:
        if least in values or most in values:
            low, high = (limit(frame, values.get(name)) for name in (least, most))
            low = each.least.text(frame.locale.language) or low
            yield ("", high) if least == most else (low, high)


def limit(frame: Frame, seen: Observation | None) -> Content:
    """A penalty or period with its unit."""
    if seen is None:
        return ":"
    return Worded(frame.locale.measured(seen, frame.indicator(seen.indicator).unit), seen)


def campaigns(material: Material) -> Table | None:
    """What campaigns and measures reached; aims stand apart from results."""
    return _activities(material, (ActivityKind.CAMPAIGN,), "campaigns", N_("Campaigns and measures in figures"))


def training_events(material: Material) -> Table | None:
    """Every training with figures: who held it, for whom, how many took part."""
    return _activities(material, (ActivityKind.TRAINING,), "training_events", N_("Training in figures"))


def joint_work(material: Material) -> Table | None:
    """Joint undertakings and coordination with their figures."""
    kinds = (ActivityKind.COOPERATION, ActivityKind.COORDINATION)
    return _activities(material, kinds, "joint_work", N_("Coordination and joint work in figures"))


def _activities(material: Material, kinds: tuple[ActivityKind, ...], code: str, caption: str) -> Table | None:
    frame = material.frame
    found = [each for each in frame.vintage.data.activities if each.kind in kinds and each.figures]
    if not found:
        return None
    found.sort(key=lambda each: (each.target, -each.year, each.since))
    heads = Heads(
        code,
        frame.text(caption),
        frame.text("Counts are those stated by the organisers; they are not added"),
        frame.text("Activity"),
        (
            *(Column(frame.text(name), text=True) for name in (N_("Period"), N_("Organiser"), N_("Counted"))),
            Column(frame.text("Number")),
        ),
    )
    lines = [line for each in found for line in _activity(frame, each)]
    return tabulate(heads, lines, frame.vintage, frame.locale)


def _activity(frame: Frame, each: Activity) -> Iterator[Line]:
    title = each.title.text(frame.locale.language)
    if each.target:
        title = frame.text("{title} (target)", title=title)
    for number, seen in enumerate(each.figures):
        first = number == 0
        words = [frame.locale.period(each.since, each.until), each.organiser.text(frame.locale.language)]
        yield Line(title if first else "", [*(words if first else ["", ""]), frame.label(seen.indicator), seen])


def time_table(material: Material) -> Table | None:
    """Every yearly figure since the series began, one row an indicator, with its parts below."""
    frame = material.frame
    lines = [line for each in _yearly(frame) for line in _indicator(frame, each)]
    if not lines:
        return None
    heads = Heads(
        "time_table",
        frame.text(
            "All figures, {country}, {span}", country=frame.locale.name_of(frame.vintage.country), span=frame.span
        ),
        frame.text("Figures of different populations are never added or compared"),
        frame.text("Number of"),
        year_columns(frame.vintage),
    )
    return tabulate(heads, lines, frame.vintage, frame.locale)


def _yearly(frame: Frame) -> list[Indicator]:
    given = {seen.indicator for seen in frame.vintage.data.observations if is_given(seen) or is_hidden(seen)}
    return [each for each in frame.vintage.catalogue.indicators if each.code in given]


def _indicator(frame: Frame, each: Indicator) -> Iterator[Line]:
    series = frame.vintage.series(each.code)
    yield Line(frame.label(each.code), [series.get(year) for year in frame.vintage.years])
    for name in each.dimensions:
        axis = frame.vintage.catalogue.dimension(name)
        for member in axis.codes if axis else ():
            parts = frame.vintage.series(each.code, member.code)
            if any(is_given(seen) or is_hidden(seen) for seen in parts):
                label = member.label.text(frame.locale.language)
                yield Line(label, [parts.get(year) for year in frame.vintage.years], level=1)
