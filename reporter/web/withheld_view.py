"""The page of what is withheld: what the template is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from starlette.responses import Response

from reporter.context import Context
from reporter.disclosure.weights import weight_of
from reporter.files.published import published_years
from reporter.i18n import N_, NN_
from reporter.load.withholding import protection_file
from reporter.model import Because, Observation, is_given, is_withheld
from reporter.sections.finding_words import problem_words
from reporter.sections.retold import label_at
from reporter.web.decision_steps import REASON, decision_seen
from reporter.web.frame import YearPage
from reporter.web.judging import JudgedEdition, OpenFigure, judging_task
from reporter.web.live_edition import field_address
from reporter.web.withheld_figures import Withholding, decision_name
from reporter.web.workshop import Finished

TEMPLATE, PLACE = "withheld.html", "withheld"
# Seconds that a request waits: whoever comes back to a page that was made sees it at once.
PATIENCE = 0.2
NUMBER = NN_("This edition withholds {n} value.", "This edition withholds {n} values.")
OPEN = NN_("{n} withheld value is not protected", "{n} withheld values are not protected")
DUE = NN_("{n} value should be withheld, and is not yet", "{n} values should be withheld, and are not yet")
NEW = NN_("Write {n} decision", "Write {n} decisions")
TOTAL, NOTHING = N_("total"), N_("nothing of it")
ONLY, BETWEEN, LEAST = (
    N_("{figure} of {year} can only be {n}"),
    N_("{figure} of {year} is from {least} to {most}"),
    N_("{figure} of {year} is {n} or more"),
)
IDLE = N_("{figure} of {year}: nothing asks for it any more")
BY_HAND = N_("{figure} of {year}: no decision reaches it, mark it in its form")
OUT = N_("{figure} of {year} was published before, and stays known")


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A value that the public does not get, or should not. `seen` is the digest of what its file says of it, empty for
    what is only proposed; `reasons` are a person's words by language, and `was` the digest of them."""

    name: str
    figure: str
    year: int
    title: str
    value: str
    why: str
    cost: str
    address: str
    seen: str = ""
    was: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return not self.seen


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """The values of a figure and year, and what is left."""

    title: str
    year: int
    rows: tuple[DecisionRow, ...]
    left: str


@dataclass(frozen=True, slots=True)
class AskedWithheld:
    """What somebody asked of the page, and what stood against it."""

    form: Mapping[str, str] = field(default_factory=dict)
    problem: tuple[str, str] | None = None


def judged(page: YearPage) -> Finished | None:
    """What should be withheld besides; None while that is worked out."""
    task = judging_task(page.reading, page.state.country.code, page.state.year)
    found: Finished | None = page.request.app.state.papers.wait(task, PATIENCE)
    return found


def withheld_page(page: YearPage, asked: AskedWithheld, *, status: int = 200) -> Response:
    locale, state = page.locale, page.state
    finished = judged(page)
    judgement: JudgedEdition | None = finished.made if finished else None
    rows = [
        *_decided(page),
        *(_row(page, each.seen, each.because, each.protects) for each in (judgement.cells if judgement else ())),
    ]
    number = sum(not each.is_new for each in rows)
    found = judgement.open_now if judgement else ()
    return page.answer(
        TEMPLATE,
        PLACE,
        status=status,
        title=locale.text("What the public does not get"),
        lead=locale.count(*NUMBER, number) if number else locale.text("Nothing is decided for this edition."),
        groups=tuple(_groups(page, rows)),
        judgement=judgement,
        digest=judging_task(page.reading, state.country.code, state.year).digest,
        stopped=problem_words(finished.problem, page.locale) if finished and finished.problem else None,
        is_waiting=finished is None,
        asked=asked,
        form=asked.form,
        words_of_open=locale.count(*OPEN, len(found)) if found else "",
        words_of_due=locale.count(*DUE, len(judgement.cells)) if judgement else "",
        words_of_new=locale.count(*NEW, len(judgement.cells)) if judgement else "",
        open_figures=[(_span(page, each), each.equations) for each in found],
        still_open=bool(judgement and judgement.open_then and judgement.cells),
        advice=tuple(_advice(page, judgement)) if judgement else (),
        choices=tuple(_choices(page)),
        written_in=[(each, locale.language_name(each)) for each in state.dataset.settings.languages],
        others=[
            (each.edition, f"/{state.country.code}/{each.edition}/withheld")
            for each in state.data.protections
            if each.edition != state.year and each.withheld
        ],
        file=protection_file(state.country.code, state.year),
        is_published=state.year in published_years(page.reading.sources, state.country.code),
    )


def _decided(page: YearPage) -> Iterator[DecisionRow]:
    state, sources = page.state, page.reading.sources
    own = next((each for each in state.data.protections if each.edition == state.year), None)
    file = protection_file(state.country.code, state.year)
    for each in own.withheld if own else ():
        seen = page.vintage.observation(each.figure, each.year)
        if seen:
            written = dict(each.reason.texts)
            yield replace(
                _row(page, seen, each.because, each.protects),
                seen=decision_seen(sources, file, (each.figure, each.year)),
                was=decision_seen(sources, file, (each.figure, each.year), REASON),
                reasons={item: written.get(item, "") for item in page.state.dataset.settings.languages},
            )


def _row(page: YearPage, seen: Observation, because: Because, protects: tuple[str, ...]) -> DecisionRow:
    locale, known = page.locale, page.vintage
    withholding = Withholding(known, page.state.data.protections, locale)
    return DecisionRow(
        name=decision_name(seen.address, seen.year),
        figure=seen.address,
        year=seen.year,
        title=_title(page, seen),
        value=locale.value(seen),
        why=withholding.why(because, protects),
        cost=locale.number(weight_of(seen, known)),
        address=field_address(seen, page.state.data),
    )


def _title(page: YearPage, seen: Observation) -> str:
    axis = page.vintage.catalogue.dimension(seen.dimension)
    member = axis.get(seen.code) if axis else None
    return member.label.text(page.locale.language) if member else page.locale.text(TOTAL)


def _groups(page: YearPage, found: Sequence[DecisionRow]) -> Iterator[DecisionGroup]:
    known, locale = page.vintage, page.locale
    order = {key: number for number, key in enumerate(known.index)}
    gone = {(each.figure, each.year) for each in found}
    rows = sorted(found, key=lambda each: (-each.year, order.get((each.figure, each.year), 0)))

    def figure(row: DecisionRow) -> tuple[int, str]:
        return row.year, known.index[row.figure, row.year].figure

    for (year, name), group in groupby(rows, key=figure):
        left = [
            locale.put("{} {}", locale.inside(_title(page, seen)), locale.value(seen))
            for (address, of), seen in known.index.items()
            if (seen.figure, of) == (name, year)
            and (address, of) not in gone
            and is_given(seen)
            and not is_withheld(seen)
        ]
        title = label_at(name, Context(known, locale))
        yield DecisionGroup(title, year, tuple(group), locale.listed(left) or locale.text(NOTHING))


def _span(page: YearPage, each: OpenFigure) -> str:
    locale = page.locale
    named: dict[str, object] = {"figure": label_at(each.figure, Context(page.vintage, locale)), "year": str(each.year)}
    least = locale.number(each.lowest)
    if each.highest is None:
        return locale.text(LEAST, n=least, **named)
    if each.lowest == each.highest:
        return locale.text(ONLY, n=least, **named)
    return locale.text(BETWEEN, least=least, most=locale.number(each.highest), **named)


def _advice(page: YearPage, judgement: JudgedEdition) -> Iterator[str]:
    context, text = Context(page.vintage, page.locale), page.locale.text
    for words, keys in (
        (OUT, [(each.address, each.year) for each in judgement.out]),
        (BY_HAND, [(each.address, each.year) for each in judgement.by_hand]),
        (IDLE, judgement.idle),
    ):
        for figure, year in keys:
            yield text(words, figure=label_at(figure, context), year=str(year))


def _choices(page: YearPage) -> Iterator[tuple[str, str]]:
    """The values of the year that somebody may choose to withhold."""
    context, locale = Context(page.vintage, page.locale), page.locale
    for (address, year), seen in page.vintage.index.items():
        if year == page.state.year and not seen.owner and is_given(seen) and not is_withheld(seen):
            yield address, locale.put("{}: {}", label_at(address, context), locale.value(seen))
