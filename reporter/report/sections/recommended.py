"""What became of the recommendations of earlier years."""

from collections.abc import Iterator, Mapping

from reporter.data.i18n import N_, Locale
from reporter.data.records import RECOMMENDATIONS, FollowUp, RecommendationState, Vintage
from reporter.report.context import Context
from reporter.report.document.document import Entries, Entry
from reporter.text.markdown_writer import OPEN, addressed, is_draft
from reporter.text.passages import part_title

STATE_WORDS: Mapping[RecommendationState, str] = {
    RecommendationState.DONE: N_("done"),
    RecommendationState.UNDER_WAY: N_("under way"),
    RecommendationState.NOT_BEGUN: N_("not begun"),
    RecommendationState.DROPPED: N_("dropped"),
}


def title_of(vintage: Vintage, code: str, language: str, year: int = 0) -> str:
    """The title of a recommendation. That of the latest one with the code, or of the one of a `year`."""
    written = (*vintage.data.past_texts, *vintage.data.passages)
    known = (each for each in written if not year or each.year == year)
    return part_title(known, RECOMMENDATIONS, code, language)


def earlier_recommendations(context: Context) -> Entries | None:
    """What became of the recommendations of earlier years. Each with its year, whom it is addressed to, by when, and
    its state."""
    vintage, locale = context.vintage, context.locale
    told = {each.code: each for each in vintage.data.follow_ups if each.year == vintage.year}
    asked = (each for each in vintage.data.asked_again(vintage.year) if each.code in told or is_draft(vintage))
    entries = tuple(
        Entry(
            title_of(vintage, each.code, locale.language, each.year),
            (
                locale.text("Recommended in {year}", year=each.year),
                *addressed(each, vintage, locale),
                *_state(told.get(each.code), vintage.year, locale),
            ),
        )
        for each in asked
    )
    return Entries(locale.text("What became of earlier recommendations"), entries) if entries else None


def _state(told: FollowUp | None, year: int, locale: Locale) -> Iterator[str]:
    state = STATE_WORDS.get(told.state) if told else None
    yield locale.text("State in {year}: {state}", year=year, state=locale.text(state) if state else OPEN)
    if told and told.note:
        yield told.note.text(locale.language)
