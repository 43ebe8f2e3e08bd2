"""Boxes "Reading the figures", which say what could mislead.

That is a definition, a break or a small number.
"""

from reporter.charts.victims import POPULATIONS
from reporter.context import Context
from reporter.document.document import Box
from reporter.i18n import N_
from reporter.model import Annexes, Flag, is_given
from reporter.sections.material import SectionMaterial

TITLE = N_("Reading the figures")
WHERE = {Annexes.SHORT: N_("see “Data and methods”"), Annexes.FULL: N_("see the annex")}
AT_RISK = N_(
    "Persons assisted are the clients served in a year, including persons at risk and persons never formally "
    "identified. They are another population than the victims identified in that year and are not compared with them."
)
CLIENTS = N_(
    "Persons assisted are the clients served in a year; some may have been identified in an earlier year, or never. "
    "They are another population than the victims identified in that year and are not compared with them."
)
# The figures of which the box on the stages of justice speaks.
STAGES = ("persons.prosecuted", "persons.convicted")


def reading_the_figures(material: SectionMaterial) -> Box:
    """Say how to read small numbers, missing values and changes."""
    return _box(
        material.context,
        N_("Small numbers vary from year to year: a percentage is given only on a base of {base} or more."),
        N_("A colon (:) means that no figure is available; it never stands for zero."),
        N_("A fall in recorded figures may reflect less detection as well as less crime."),
    )


def population_of_assistance(material: SectionMaterial) -> Box | None:
    """Say why persons assisted are not the victims identified.

    Names the years in which the series breaks. None when nobody was assisted in any year.
    """
    context = material.context
    series = context.vintage.series("assistance.persons")
    if not any(map(is_given, series)):
        return None
    broken = [str(seen.year) for seen in series if Flag.BREAK in seen.flags]
    texts = [AT_RISK if any(map(is_given, context.vintage.series("assistance.persons", "at_risk"))) else CLIENTS]
    if broken:
        texts.append(N_("The series breaks in {years}: earlier figures count another group of persons."))
    return _box(context, *texts, years=", ".join(broken))


def three_populations(material: SectionMaterial) -> Box | None:
    """Say why three populations of victims are never added.

    They are presumed, identified and recognised victims. None when fewer than two of them are counted.
    """
    vintage = material.context.vintage
    if sum(any(map(is_given, vintage.series(code))) for code in POPULATIONS) < 2:
        return None
    return _box(
        material.context,
        N_(
            "Presumed victims, identified victims and victims recognised in criminal proceedings are three groups of "
            "persons with definitions of their own ({see}). One person may be in more than one group, so the groups "
            "are never added and never joined into one series."
        ),
        see=material.context.text(WHERE[vintage.settings.annexes]),
    )


def legal_lag(material: SectionMaterial) -> Box | None:
    """Say why one year's stages of criminal justice are no funnel.

    None when nobody is counted as prosecuted or convicted in any year.
    """
    vintage = material.context.vintage
    if not any(is_given(seen) for code in STAGES for seen in vintage.series(code)):
        return None
    return _box(
        material.context,
        N_(
            "The persons convicted in a year were often investigated and prosecuted in earlier years. The stages "
            "stand side by side and are not a conversion rate."
        ),
    )


def _box(context: Context, *texts: str, **values: object) -> Box:
    values = {"base": context.vintage.settings.percent_base, **values}
    return Box(context.text(TITLE), tuple(context.text(text, **values) for text in texts))
