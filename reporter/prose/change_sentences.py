"""What a figure was on two sides, in a sentence of its own: right for none, equal, missing and incomparable values.

Each is a frame with a label before a colon, so that no label has to be inflected.
"""

from decimal import Decimal
from enum import Enum

from reporter.analysis.arithmetic import Change, Obstacle
from reporter.i18n import N_, Locale
from reporter.model import Settings, is_given, is_hidden
from reporter.prose.sentences import REASONS, percent_text


class Case(Enum):
    """What there is to say of two values."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    NONE = "none"
    BEGAN = "began"
    ENDED = "ended"
    NEW = "new"
    GONE = "gone"
    NOTHING = "nothing"
    LAST_HIDDEN = "last hidden"
    FIRST_HIDDEN = "first hidden"
    BOTH_HIDDEN = "both hidden"
    NONE_HIDDEN = "none, then hidden"
    HIDDEN_NONE = "hidden, then none"
    APART = "apart"


YEARS = {
    Case.ROSE: N_("{label}: from {before} in {first} to {after} in {last}, up by {n}."),
    Case.FELL: N_("{label}: from {before} in {first} to {after} in {last}, down by {n}."),
    Case.SAME: N_("{label}: {after} in {first} and in {last}, unchanged."),
    Case.NONE: N_("{label}: none in {first} and none in {last}."),
    Case.BEGAN: N_("{label}: none in {first}, {after} in {last}."),
    Case.ENDED: N_("{label}: {before} in {first}, none in {last}."),
    Case.NEW: N_("{label}: no figure for {first}, {after} in {last}."),
    Case.GONE: N_("{label}: {before} in {first}, no figure for {last}."),
    Case.NOTHING: N_("{label}: no figure for {first} and none for {last}."),
    Case.LAST_HIDDEN: N_("{label}: {before} in {first}; the figure for {last} is not shown (confidential or masked)."),
    Case.FIRST_HIDDEN: N_("{label}: the figure for {first} is not shown (confidential or masked); {after} in {last}."),
    Case.BOTH_HIDDEN: N_("{label}: the figures for {first} and {last} are not shown (confidential or masked)."),
    Case.NONE_HIDDEN: N_("{label}: no figure for {first}; that for {last} is not shown (confidential or masked)."),
    Case.HIDDEN_NONE: N_("{label}: the figure for {first} is not shown (confidential or masked); none for {last}."),
    Case.APART: N_("{label}: {before} in {first} and {after} in {last}; {reason}."),
}
# Of one year, as two editions state it: what differs is a revision, not a rise or a fall.
EDITIONS = {
    Case.ROSE: N_("{label}: {before} in the edition of {first}, {after} in that of {last}, revised by +{n}."),
    Case.FELL: N_("{label}: {before} in the edition of {first}, {after} in that of {last}, revised by \u2212{n}."),
    Case.SAME: N_("{label}: {after} in the editions of {first} and {last}, not revised."),
    Case.NONE: N_("{label}: none in the editions of {first} and {last}, not revised."),
    Case.BEGAN: N_("{label}: none in the edition of {first}, {after} in that of {last}."),
    Case.ENDED: N_("{label}: {before} in the edition of {first}, none in that of {last}."),
    Case.NEW: N_("{label}: no figure in the edition of {first}, {after} in that of {last}."),
    Case.GONE: N_("{label}: {before} in the edition of {first}, no figure in that of {last}."),
    Case.NOTHING: N_("{label}: no figure in the editions of {first} and {last}."),
    Case.LAST_HIDDEN: N_("{label}: {before} in the edition of {first}, not shown in that of {last}."),
    Case.FIRST_HIDDEN: N_("{label}: not shown in the edition of {first}, {after} in that of {last}."),
    Case.BOTH_HIDDEN: N_("{label}: not shown in the editions of {first} and {last}."),
    Case.NONE_HIDDEN: N_("{label}: no figure in the edition of {first}, not shown in that of {last}."),
    Case.HIDDEN_NONE: N_("{label}: not shown in the edition of {first}, no figure in that of {last}."),
    Case.APART: N_("{label}: {before} in the edition of {first}, {after} in that of {last}; {reason}."),
}


def between_years(label: str, change: Change, names: tuple[str, str], settings: Settings, locale: Locale) -> str:
    """A figure in two years; a percentage only on a base that is large enough for one."""
    return _told(YEARS, label, change, names, percent_text(change, settings, locale), locale)


def between_editions(label: str, change: Change, names: tuple[str, str], locale: Locale) -> str:
    """A figure of one year as two editions state it."""
    return _told(EDITIONS, label, change, names, "", locale)


def case_of(change: Change) -> Case:
    """What there is to say of a change."""
    if change.obstacle is Obstacle.MISSING:
        before, after = is_given(change.before), is_given(change.after)
        return Case.NEW if after else Case.GONE if before else Case.NOTHING
    if change.obstacle is Obstacle.HIDDEN:
        return _with_hidden(change)
    difference = change.difference
    if difference is None or change.before is None or change.after is None:
        return Case.APART
    if not change.before.value or not change.after.value:
        return _with_none(difference, begins=not change.before.value)
    return Case.ROSE if difference > 0 else Case.FELL if difference < 0 else Case.SAME


def _with_hidden(change: Change) -> Case:
    """One of two values, or both, may not be printed."""
    if is_hidden(change.before) and is_hidden(change.after):
        return Case.BOTH_HIDDEN
    if is_hidden(change.before):
        return Case.FIRST_HIDDEN if is_given(change.after) else Case.HIDDEN_NONE
    return Case.LAST_HIDDEN if is_given(change.before) else Case.NONE_HIDDEN


def _with_none(difference: Decimal, *, begins: bool) -> Case:
    if not difference:
        return Case.NONE
    return Case.BEGAN if begins else Case.ENDED


def _told(
    frames: dict[Case, str], label: str, change: Change, names: tuple[str, str], percent: str, locale: Locale
) -> str:
    case = case_of(change)
    number = locale.number(abs(change.difference or Decimal(0)))
    return locale.text(
        frames[case],
        label=label,
        before=locale.spoken(change.before) if change.before else ":",
        after=locale.spoken(change.after) if change.after else ":",
        first=names[0],
        last=names[1],
        n=f"{number} ({percent})" if percent else number,
        reason=locale.text(REASONS[change.obstacle]) if change.obstacle else "",
    )
