"""Words of the program that several rooms print, marked for translation."""

from reporter.data.i18n.po_file import JOINT
from reporter.data.records import EditionStatus, Kind, Qualifier, Status, Unit


def N_(message: str) -> str:  # noqa: N802 - the name that tools of gettext look for
    """Mark a message for translation at the place where it is printed, such as words in a table."""
    return message


def NP_(context: str, message: str) -> str:  # noqa: N802 - likewise, of pgettext
    """Mark a message that has another translation in this context. The context is not printed."""
    return f"{context}{JOINT}{message}"


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise
    return one, many


SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a table prints before an inexact value, and how a text says it.
BOUNDS = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "≥", Qualifier.OVER: ">", Qualifier.ABOUT: "≈"}
BOUND_WORDS = {
    Qualifier.EXACT: "{n}",
    Qualifier.AT_LEAST: N_("at least {n}"),
    Qualifier.OVER: N_("over {n}"),
    Qualifier.ABOUT: N_("about {n}"),
}
# What a table prints if there is no value.
NOTHING = {
    Status.MISSING: ":",
    Status.NOT_COLLECTED: ":",
    Status.NOT_APPLICABLE: "–",
    Status.SUPPRESSED: "c",
    Status.UNANSWERED: "…",
    Status.UNREADABLE: "?",
}
NOTHING_WORDS = {
    ":": N_("not available"),
    "–": N_("not applicable"),
    "c": N_("confidential"),
    "…": N_("not answered yet"),
    "?": N_("cannot be read"),
}
UNIT_WORDS = {
    Unit.PERSONS: N_("persons"),
    Unit.CASES: N_("cases"),
    Unit.YEARS: N_("years"),
    Unit.MONTHS: N_("months"),
    Unit.DAYS: N_("days"),
    Unit.EURO: N_("euro"),
    Unit.ITEMS: N_("items"),
}
MEASURES = {
    Unit.PERSONS: NN_("{n} person", "{n} persons"),
    Unit.CASES: NN_("{n} case", "{n} cases"),
    Unit.YEARS: NN_("{n} year", "{n} years"),
    Unit.MONTHS: NN_("{n} month", "{n} months"),
    Unit.DAYS: NN_("{n} day", "{n} days"),
    Unit.EURO: NN_("{n} euro", "{n} euro"),
    Unit.ITEMS: NN_("{n} item", "{n} items"),
}
SIZES = N_("{n} kB"), N_("{n} MB")
KIND_WORDS = {Kind.FLOW: N_("flow"), Kind.STOCK: N_("stock")}
STATUS_WORDS = {
    EditionStatus.DRAFT: N_("draft"),
    EditionStatus.PROVISIONAL: N_("provisional"),
    EditionStatus.FINAL: N_("final"),
}
# For an edition whose files differ from those it was published from; it has neither number nor date.
CHANGED = N_("Changed after publication, not published")
# For an edition with figures withheld from the public: on every page, and once in full.
RESTRICTED = N_("Restricted edition, not for publication")
RESTRICTION = N_(
    "This edition contains figures that are withheld from the public because individuals could be identified. It is "
    "intended only for the office that received it from the National Rapporteur and must not be passed on."
)
# Marks a value that the public edition does not show.
WITHHELD, WITHHELD_WORDS = "c", N_("withheld from the public")
