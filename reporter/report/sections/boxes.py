"""Boxes "Reading the figures" on definitions, breaks and small numbers that could mislead."""

from reporter.data.i18n import N_, NN_
from reporter.data.records import Annexes, Flag, is_given
from reporter.figures.analysis.arithmetic import change
from reporter.figures.analysis.ledger import ASSISTED, POPULATIONS, REGISTERED, key_indicators
from reporter.report.context import Context
from reporter.report.document.document import Box

TITLE = N_("Reading the figures")
WHERE = {Annexes.SHORT: N_("see “Data and methods”"), Annexes.FULL: N_("see the annex")}
AT_RISK = N_(
    "Persons assisted are those helped during a year, including persons at risk and persons never formally "
    "identified. They are a different group from the victims identified that year and are not compared with them."
)
CLIENTS = N_(
    "Persons assisted are those helped during a year; some may have been identified in an earlier year, or never. "
    "They are a different group from the victims identified that year and are not compared with them."
)
DETECTED = N_("The figures show what the authorities detected, not how much trafficking there is.")
DETECTED_FEWER = N_(
    "The figures show what the authorities detected, not how much trafficking there is: fewer victims counted need not "
    "mean fewer victims."
)
DETECTED_MORE = N_(
    "The figures show what the authorities detected, not how much trafficking there is: more victims counted need not "
    "mean more victims."
)
SMALL = NN_(
    "{n} of the {total} key figures is below {base}: one large case can change it. Percentages are given only where "
    "the base is {base} or more.",
    "{n} of the {total} key figures are below {base}: one large case can change them. Percentages are given only "
    "where the base is {base} or more.",
)
ALL_SMALL = N_(
    "All key figures of the year are below {base}: one large case can change them. Percentages are given only where "
    "the base is {base} or more."
)
CASES = N_(
    "Persons convicted are not a share of those prosecuted in the year: cases take time, and many judgments end "
    "proceedings that began in earlier years."
)
OTHERS = N_(
    "Persons assisted are those helped during the year. Some may have been identified in an earlier year, others never."
)
# The figures that the box on the stages of justice is about.
STAGES = ("persons.prosecuted", "persons.convicted")


def reading_the_figures(context: Context) -> Box:
    """What the key figures mean and what they do not. Remarks on some figures only are printed with those figures."""
    vintage = context.vintage
    value_by_code = {indicator.code: vintage.observation(indicator.code) for indicator in key_indicators(vintage)}
    paragraphs = [(N_("Detected cases."), context.text(_detected(context)))]
    base = vintage.settings.percent_base
    small = sum(item is not None and item.value is not None and item.value < base for item in value_by_code.values())
    if small and len(value_by_code) == small:
        paragraphs.append((N_("Small numbers."), context.text(ALL_SMALL, base=base)))
    elif small:
        n, total = context.locale.numerals(small, len(value_by_code))
        counted = context.locale.count(*SMALL, small, n=n, total=total, base=base)
        paragraphs.append((N_("Small numbers."), context.locale.opened(counted)))
    if value_by_code.keys() >= set(STAGES):
        paragraphs.append((N_("Different cases."), context.text(CASES)))
    if ASSISTED in value_by_code and not value_by_code.keys().isdisjoint((*POPULATIONS, REGISTERED)):
        paragraphs.append((N_("A different group."), context.text(OTHERS)))
    return Box(
        title=context.text("What the figures mean"),
        paragraphs=tuple(text for _, text in paragraphs),
        heads=tuple(context.text(head) for head, _ in paragraphs),
    )


def _detected(context: Context) -> str:
    """What a count of detected cases means, depending on how the victims shown have changed."""
    codes = {indicator.code for indicator in key_indicators(context.vintage)}.intersection((*POPULATIONS, REGISTERED))
    differences = [change(context.vintage.series(code), context.vintage.year).difference for code in sorted(codes)]
    movements = [difference for difference in differences if difference]
    if movements and all(movement < 0 for movement in movements):
        return DETECTED_FEWER
    return DETECTED_MORE if movements and all(movement > 0 for movement in movements) else DETECTED


def population_of_assistance(context: Context) -> Box | None:
    """Why persons assisted are not the victims identified, and where the series breaks. None without any figure."""
    series = context.vintage.series(ASSISTED)
    if not any(map(is_given, series)):
        return None
    broken = [str(observation.year) for observation in series if Flag.BREAK in observation.flags]
    texts = [AT_RISK if any(map(is_given, context.vintage.series(ASSISTED, "at_risk"))) else CLIENTS]
    if broken:
        texts.append(N_("The series breaks in {years}: figures before and after a break are not comparable."))
    return _box(context, *texts, years=", ".join(broken))


def three_populations(context: Context) -> Box | None:
    """Why presumed, identified and recognised victims are never added. None when fewer than two are counted."""
    vintage = context.vintage
    if sum(any(map(is_given, vintage.series(code))) for code in POPULATIONS) < 2:
        return None
    return _box(
        context,
        N_(
            "Presumed victims, identified victims and victims recognised in criminal proceedings are three groups of "
            "persons with their own definitions ({see}). A person may be in more than one group, so the groups are "
            "never added or joined into one series."
        ),
        see=context.text(WHERE[vintage.settings.annexes]),
    )


def legal_lag(context: Context) -> Box | None:
    """Why the stages of justice in a year are not a funnel. None without figures on these persons, and where the box
    below the key figures says so."""
    vintage = context.vintage
    if {indicator.code for indicator in key_indicators(vintage)} >= set(STAGES) or not any(
        is_given(observation) for code in STAGES for observation in vintage.series(code)
    ):
        return None
    return _box(
        context,
        N_(
            "Persons convicted in a year were often investigated and prosecuted in earlier years. The stages are "
            "shown side by side; they are not a conversion rate."
        ),
    )


def _box(context: Context, *texts: str, **values: object) -> Box:
    values = {"base": context.vintage.settings.percent_base, **values}
    return Box(context.text(TITLE), tuple(context.text(text, **values) for text in texts))
