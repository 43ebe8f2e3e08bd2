"""What a rapporteur recommends, and what becomes of it. Its words are a part of the narrative, `## Title {#code}` under
`# recommendations`. Whom it is addressed to and by when stands in the file of the year."""

from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.statement import About, Date, Elsewhere, Explained, Key, Name

# The sections of the narrative. Recommendations are those of a year: no later edition prints them again, but says what
# became of them.
CHALLENGES, RECOMMENDATIONS = "challenges", "recommendations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What one recommendation of a year asks of whom, and by when. In a draft it may still lack whom it is addressed
    to, and by when. `offices` are the names of those."""

    code: Key[Name]
    to: Annotated[tuple[str, ...], About("Whom it is addressed to: codes of institutions or contacts")] = ()
    by: Annotated[Date, About("The day, month or year by which it is to be done")] = ""
    answers: Annotated[str, About("The challenge that it answers: the code behind its title; left out: none")] = ""
    offices: Elsewhere[tuple[Label, ...]] = ()
    year: Elsewhere[int]
    mark: Mark

    @property
    def is_open(self) -> bool:
        return not (self.to and self.by)


class RecommendationState(Explained):
    """How far a recommendation of an earlier year has come."""

    DONE = "done", "carried out; no later year is asked again"
    UNDER_WAY = "under way", "begun, and not finished"
    NOT_BEGUN = "not begun", "nothing has been done yet"
    DROPPED = "dropped", "given up, the note says why; no later year is asked again"
    UNANSWERED = "unanswered", "nobody has looked it up yet; in a draft only"


ENDED = (RecommendationState.DONE, RecommendationState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What became of an earlier recommendation until a year."""

    code: Key[Name]
    state: Annotated[RecommendationState, About("How far it has come")]
    note: Annotated[Label, About("What was done, or why not, in a line or two; printed with it")] = NO_WORDS
    year: Elsewhere[int]
    mark: Mark
