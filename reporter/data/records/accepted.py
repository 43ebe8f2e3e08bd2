"""Findings that the rapporteur accepts, each for the values and words it is based on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from reporter.data.errors import Finding, Mark
from reporter.data.records.label import ENGLISH, Label
from reporter.data.records.observation import Status
from reporter.data.records.statement import About, Elsewhere, OfFile, PlainWords, ValuesByYear

SUPPRESSED = str(Status.SUPPRESSED)
# The public reason of an entry that is based on withheld values.
NEUTRAL_REASON = "Explained to those who may know the withheld values."


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that the rapporteur accepts as long as it stays the same. Its reason is printed wherever the figure is.
    `vintage` is the year of the accepting file, perhaps later than the figure's. A figure that is not `comparable` is
    doubtful: no change is computed from it. An entry of a `frozen` file accepts whatever was found when that file was
    published."""

    rule: Annotated[str, About("The finding, by the word in brackets that reporter check prints")]
    figure: Annotated[str, About("The figure concerned; also activities.CODE, countries.KIND or text.SECTION")]
    year: Annotated[OfFile[int], About("The year of the figure, if not the file's")]
    vintage: Elsewhere[int]
    comparable: Annotated[bool, About("false: the figure is doubtful and is not compared with others")] = True
    values: Annotated[
        ValuesByYear,
        About(
            "The values it is valid for, by year and address, as reporter check prints them; it lapses if they change"
        ),
    ] = ()
    words: Annotated[
        PlainWords,
        About(
            "The words it is valid for, as reporter check prints them, if it is about words; it lapses if they change"
        ),
    ] = ""
    reason: Annotated[Label, About("Why it is correct all the same; printed in the report as a footnote of the figure")]
    frozen: Elsewhere[bool] = False
    mark: Mark

    @property
    def name(self) -> str:
        """The name of its reason in `still_holds:`."""
        year = "" if self.year == self.vintage else f".{self.year}"
        return f"accepted.{self.rule}.{self.figure}{year}"

    @property
    def is_neutral(self) -> bool:
        return self.reason.text(ENGLISH) == NEUTRAL_REASON

    @property
    def is_remark(self) -> bool:
        """Whether the reason is printed with the value: not if it says nothing about it, or only what a year lacks."""
        return not self.is_neutral and self.rule != "code-vanished"


def accepts(accepted: Accepted, finding: Finding) -> bool:
    """Whether an acceptance covers a finding: it is about it, and has the same values and words (not needed if frozen).
    A neutral one may name more values: a finding without the withheld ones is based on fewer."""
    same = (accepted.values, accepted.words) == (finding.values, finding.words)
    if accepted.is_neutral:
        hidden = {(year, address) for year, address, text in accepted.values if text == SUPPRESSED}
        visible_values = {value for value in finding.values if value[:2] not in hidden}
        same = visible_values <= {*accepted.values} and accepted.words == finding.words
    return is_about(accepted, finding) and (same or accepted.frozen)


def is_about(accepted: Accepted, finding: Finding) -> bool:
    """Whether rule, figure and year are the same; a finding without a year matches any."""
    same = finding.figure and (accepted.rule, accepted.figure) == (finding.code, finding.figure)
    return bool(same) and finding.year in (accepted.year, None)


def answer_to(finding: Finding, accepted: Iterable[Accepted]) -> Accepted | None:
    """The entry that accepts a finding, or None; of several in frozen files rather one with the same values."""
    entries = [entry for entry in accepted if accepts(entry, finding)]
    return max(entries, key=lambda entry: (entry.values, entry.words) == (finding.values, finding.words), default=None)


def with_reason(finding: Finding, accepted: Iterable[Accepted], languages: tuple[str, ...]) -> Finding:
    """A finding with the reason of the entry that accepts it, in the first language, if any."""
    entry = answer_to(finding, accepted)
    return replace(finding, accepted=entry.reason.text(languages[0] if languages else ENGLISH) if entry else "")
