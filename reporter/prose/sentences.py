"""Short forms of changes and shares, and why there is none."""

from decimal import Decimal

from reporter.analysis.arithmetic import Change, Obstacle, Share
from reporter.i18n import N_, Locale
from reporter.model import Settings, is_given

HALF_PERCENT = Decimal("0.005")
REASONS = {
    Obstacle.MISSING: N_("one of the two figures is missing"),
    Obstacle.HIDDEN: N_("not shown: a value is confidential or masked by the source"),
    Obstacle.PERIOD: N_("not comparable: the period is not one year"),
    Obstacle.BREAK: N_("not comparable: break in the series"),
    Obstacle.DEFINITION: N_("not comparable: the definition differs"),
    Obstacle.BOUND: N_("not comparable: the value is not exact"),
    Obstacle.DOUBT: N_("not comparable: a figure is in doubt"),
}


def reason_of(change: Change) -> str:
    obstacle = change.obstacle or Obstacle.MISSING
    neither = obstacle is Obstacle.MISSING and not (is_given(change.before) or is_given(change.after))
    return N_("both figures are missing") if neither else REASONS[obstacle]


def sign_of(change: Change) -> str:
    signs = {Obstacle.MISSING: ":", Obstacle.HIDDEN: "c"}
    return signs.get(change.obstacle or Obstacle.MISSING, "≠")


def change_text(change: Change, settings: Settings, locale: Locale) -> str:
    """A change in short, or why there is none. "−15", or "−16 (−7%)" on a base that is large enough for a
    percentage."""
    difference = change.difference
    if difference is None or change.before is None or change.before.value is None:
        return locale.text(reason_of(change))
    percent = percent_text(change, settings, locale)
    shown = locale.difference(difference)
    return locale.put("{} ({})", shown, percent) if percent else shown


def percent_text(change: Change, settings: Settings, locale: Locale) -> str:
    """A change in per cent of the earlier value, with its sign. Empty on a small base and where it rounds to zero."""
    relative = relative_of(change, settings)
    if relative is None or abs(relative) < HALF_PERCENT:
        return ""
    return locale.put("+{}" if relative > 0 else "{}", locale.percent(relative))


def relative_of(change: Change, settings: Settings) -> Decimal | None:
    """A change as a part of the earlier value. None where that is too small for a percentage."""
    base = change.before.value if change.before else None
    return change.relative if settings.allows_percent(base) else None


def share_text(share: Share, settings: Settings, locale: Locale, *, spelt: bool = False) -> str:
    """A share: "36%", or "3 of 11" on a small base. The settings say from which base on there are percentages. Spelt,
    it is "three of five"."""
    if share.value is None or not settings.allows_percent(share.base):
        said = locale.numeral if spelt else locale.number
        return locale.text("{part} of {base}", part=said(share.part), base=said(share.base))
    return locale.percent(share.value)
