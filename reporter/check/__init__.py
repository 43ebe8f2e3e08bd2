"""Check whether a country's data are fit to publish. Rules read each edition and yield problems, never exceptions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Protocol

from reporter.check import (
    answers,
    breakdowns,
    claims,
    expressions,
    limits,
    records,
    texts,
    time_series,
    withheld,
    wording,
)
from reporter.check.records import told_names
from reporter.check.rule import Problem, Rule, editions, resting, sight
from reporter.check.withheld import withheld_typed
from reporter.data.errors import Finding, Mark, Severity, nearest
from reporter.data.i18n import N_
from reporter.data.languages import known_language
from reporter.data.languages.language import NOTHING
from reporter.data.records import (
    Accepted,
    Catalogue,
    CountryData,
    Dataset,
    ListKind,
    Wording,
    accepts,
    is_about,
    vintage,
    with_reason,
)
from reporter.data.records.message import tell

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: tuple[Rule, ...] = (
    # totals and parts
    Rule(ERROR, "the parts of a breakdown do not make its total", breakdowns.parts_make_total),
    Rule(ERROR, "a part is larger than its total", breakdowns.part_exceeds_total),
    Rule(ERROR, "victims and persons at risk do not make the total", breakdowns.assisted_parts),
    Rule(ERROR, "parts within a part, as girls in children, do not fit", breakdowns.nested_ages),
    Rule(ERROR, "zeros nobody counted, or parts of an unstated total", breakdowns.zero_or_missing),
    Rule(ERROR, "two exclusive parts both equal the total", breakdowns.cell_is_total),
    Rule(ERROR, "ages equal the sexes in swapped order", breakdowns.columns_shifted),
    Rule(ERROR, "a bound or an approximation enters a sum", breakdowns.bound_in_sum),
    Rule(WARNING, "no female and male totals for lack of girls and boys", breakdowns.sex_not_derivable),
    # figures that limit each other
    Rule(ERROR, "fewer conducted than opened", limits.conducted_covers_opened),
    Rule(ERROR, "more carried over than there were the year before", limits.stock_flow),
    Rule(WARNING, "the two do not make the registered", limits.presumed_and_identified),
    Rule(WARNING, "a later step counts more persons", limits.convicted_over_prosecuted),
    Rule(ERROR, "a figure exceeds the one it is part of", limits.subset_exceeds_parent),
    Rule(ERROR, "part_of names no other figure or activity", limits.unknown_part_of),
    Rule(WARNING, "a figure is part of one that counts other things", limits.mixed_populations),
    # figures over the years
    Rule(WARNING, "a change that needs a comment", time_series.jump),
    Rule(WARNING, "a number of quite another size than those near it", time_series.tenfold),
    Rule(WARNING, "one number for three or more figures of a year", time_series.repeated_value),
    Rule(ERROR, "an earlier figure changed without a record", time_series.unrecorded_revision),
    Rule(ERROR, "a difference is explained where there is none", limits.difference_not_needed),
    Rule(WARNING, "the definition changed without flag b", time_series.break_not_flagged),
    Rule(NOTE, "a series breaks: nothing is compared across it", time_series.break_in_series),
    Rule(ERROR, "a value that cannot be", limits.bad_value),
    Rule(NOTE, "a draft does not answer everything yet", answers.unanswered, drafts=True),
    Rule(
        ERROR, "a placeholder in an edition that is no draft", answers.unanswered, drafts=False, name="left-unanswered"
    ),
    Rule(NOTE, "a draft has places that somebody is to fill: [name], TODO", answers.in_brackets, drafts=True),
    Rule(
        ERROR, "such a place in an edition that is no draft", answers.in_brackets, drafts=False, name="left-in-brackets"
    ),
    Rule(ERROR, "a figure of several years stands for one", limits.period_needed),
    # activities and countries
    Rule(WARNING, "two activities may count the same persons or things", records.overlap),
    Rule(
        WARNING,
        "an aim stands as a result",
        records.target_as_result,
        reads=lambda known: known.speaks_of_aim is not NOTHING,
    ),
    Rule(ERROR, "a code that is none, repeated, or main but not named", records.country_names),
    Rule(NOTE, "another kind of list than before", records.list_kind_changed),
    Rule(WARNING, "another population would fill more of a table for Eurostat", time_series.eurostat_unfilled),
    # offices, roles, resources and law by their years
    Rule(WARNING, "an office, role or resource stands in an edition of a year before its own", records.told_early),
    Rule(ERROR, "years of an office, role or resource that cannot be", records.years_disagree),
    # recommendations
    Rule(ERROR, "a recommendation without words, or words for nobody", answers.recommendation_text),
    Rule(ERROR, "a recommendation to an office nobody knows", answers.recommendation_office),
    Rule(ERROR, "a recommendation is due before its year", answers.recommendation_date),
    Rule(ERROR, "a recommendation answers no challenge", answers.recommendation_challenge),
    Rule(ERROR, "what became of an earlier recommendation is not said", answers.recommendation_state),
    # disclosure
    Rule(ERROR, "a withheld value follows from what is printed", withheld.withheld_but_derivable),
    Rule(WARNING, "a note or reason says a number that is withheld", withheld.withheld_told),
    Rule(ERROR, "a value is to be withheld and rounded at once", withheld.decision_contradicted),
    Rule(ERROR, "a decision on a value that there is not, or that is not told anyway", withheld.decision_needless),
    Rule(ERROR, "rounded values that do not add up, or are not near", withheld.rounded_sum),
    # narrative
    Rule(ERROR, "a heading that is the code of no section", texts.unknown_section),
    Rule(ERROR, "text below the headline of a chart or table", texts.text_over_chart),
    Rule(NOTE, "a headline of a chart that the edition does not have", texts.chart_not_made),
    Rule(ERROR, "a text refers to a chart that the workspace leaves out", expressions.chart_left_out),
    Rule(ERROR, "HTML, images or headings that text may not contain", texts.raw_html),
    Rule(ERROR, "an expression that is none of the allowed forms", texts.bad_expression),
    Rule(ERROR, "an expression that names nothing in the data", expressions.unknown_figure),
    Rule(ERROR, "a value is missing in an edition that prints it", expressions.no_value),
    Rule(ERROR, "an earlier text prints this year's value beside its own year", expressions.year_of_text),
    Rule(WARNING, "a text in the words of an earlier year, with other figures", expressions.words_unchanged),
    Rule(ERROR, "a word such as fell or most that its figure does not bear out", claims.claim_untrue),
    Rule(
        ERROR,
        "such a word bound with a filter that looks at something else",
        claims.misbound_claim,
        reads=attrgetter("claims"),
    ),
    Rule(
        WARNING,
        "such a word beside a figure, or in a headline, title or lead, bound to none",
        claims.unbound_claim,
        reads=attrgetter("claims"),
    ),
    Rule(WARNING, "a note or reason says what its figure contradicts", claims.untrue_note, reads=attrgetter("claims")),
    Rule(ERROR, "a noun beside a value lacks forms that its language has", expressions.word_forms),
    Rule(
        WARNING,
        "a Lithuanian participle or noun that does not go with the number beside it",
        expressions.word_agreement,
    ),
    Rule(ERROR, "a number typed by hand beside the name of a figure", wording.hand_typed_number),
    Rule(WARNING, "the call of a footnote is typed by hand", wording.typed_call),
    Rule(ERROR, "a percentage typed by hand", wording.percent_in_prose),
    Rule(
        WARNING,
        "a step of justice is named that the year does not count",
        wording.undefined_term,
        reads=attrgetter("steps"),
    ),
    Rule(WARNING, "a section that another language has", texts.translation_missing),
    Rule(WARNING, "a text older than that of another language", texts.translation_behind),
    Rule(WARNING, "a part with a code that another language has", texts.part_missing),
    # texts of earlier years
    Rule(NOTE, "earlier texts that nobody has confirmed for this year", texts.undecided_text, drafts=True),
    Rule(
        ERROR,
        "an edition that is no draft prints earlier texts that nobody has confirmed",
        texts.undecided_text,
        drafts=False,
        name="left-undecided",
    ),
    Rule(ERROR, "a text is confirmed that is of no earlier year", texts.decision_not_needed),
    Rule(ERROR, "a confirmation copied from the file of another year", texts.decision_copied),
    Rule(ERROR, "texts are confirmed by nobody or on no day", texts.decision_unsigned),
    Rule(ERROR, "a section keeps an earlier text that is not there", texts.nothing_to_carry),
)


# These look at all files together, once, rather than at one edition after the other.
NOT_NEEDED = Rule(ERROR, "a finding is accepted that does not exist, or for other values", name="accepted-not-needed")
UNTRANSLATED = Rule(WARNING, "a text of a file lacks a language of the workspace", name="untranslated")
TYPED = Rule(WARNING, "a number typed in a public text is that of a withheld value", name="withheld-typed")
OVERALL = (NOT_NEEDED, UNTRANSLATED, TYPED)
# The program lacks a translation of its own; no file of the data is wrong.
NO_MESSAGES = Rule(WARNING, "a language in which the program has no words", name="no-messages")
UNREAD = Rule(NOTE, "languages whose words some rules do not know", name="unread-language")
# Rules that report something absent: where not all files could be read, it may exist after all.
ABSENCES = frozenset(
    {
        "decision-not-needed",
        "difference-not-needed",
        "left-undecided",
        "no-value",
        "nothing-to-carry",
        "part-missing",
        "recommendation-challenge",
        "recommendation-office",
        "recommendation-state",
        "recommendation-text",
        "translation-behind",
        "translation-missing",
        "undecided-text",
        "unknown-figure",
        "unknown-part-of",
        "year-of-text",
    }
)
MOST_TOLD = 10
# A file with fewer folders in its path belongs to all countries.
OF_A_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class SearchedEdition:
    """The problems of an edition by rule code, and the names of reused texts that were not read again."""

    problems: tuple[tuple[str, Problem], ...]
    unread: tuple[str, ...]


class KnownSearches(Protocol):
    """A cache of earlier problems, valid while the files up to the year and the result of `sight` are unchanged."""

    def find(self, year: int, sees: str) -> SearchedEdition | None:
        """The problems of a year's edition, or None if they are not stored."""

    def add(self, year: int, sees: str, searched: SearchedEdition) -> None:
        """Store the problems of an edition."""


def search_editions(
    data: CountryData, dataset: Dataset, wanted: Mapping[int, Sequence[Rule]], known: KnownSearches | None
) -> dict[int, SearchedEdition]:
    codes = {year: " ".join(each.code for each in rules) for year, rules in wanted.items()}
    sees = {year: f"{codes[year]} {sight(data, year)}" if known else "" for year in wanted}
    found = {year: known.find(year, sees[year]) if known else None for year in wanted}
    due = {year for year, each in found.items() if each is None}
    for edition in editions(data, dataset, years=due) if due else ():
        problems = (
            (rule.code, resting(each, edition)) for rule in wanted[edition.year] for each in rule.problems(edition)
        )
        searched = found[edition.year] = SearchedEdition(
            tuple(problems), tuple(each.name for each in edition.unread_texts)
        )
        if known:
            known.add(edition.year, sees[edition.year], searched)
    return {year: each for year, each in found.items() if each}


def check(
    data: CountryData, dataset: Dataset, unread_since: int | None = None, known: KnownSearches | None = None
) -> tuple[Finding, ...]:
    """Find all problems in a country's data, in file order, with the reasons of those accepted. From edition
    `unread_since` on, some files could not be read and nothing is reported absent. Cached editions are skipped."""
    found: dict[tuple[str, Problem], Finding] = {}
    unread: set[tuple[int, str]] = set()
    rules = {each.code: each for each in RULES}
    present = [each for each in RULES if each.code not in ABSENCES]
    wanted = {each.year: RULES if unread_since is None or each.year < unread_since else present for each in data.years}
    for year, searched in search_editions(data, dataset, wanted, known).items():
        unread |= {(year, name) for name in searched.unread}
        for code, each in searched.problems:
            # A problem that a later edition repeats, perhaps with another hint, is reported once.
            found.setdefault((code, replace(each, hint="")), _finding(rules[code], each))
    # A reason reused from another year counts only once someone has read it again; another finding names it.
    lasting = (each for each in data.accepted if each.frozen or (each.vintage, each.name) not in unread)
    data = replace(data, accepted=tuple(lasting))
    answered = [with_reason(each, data.accepted, dataset.settings.languages) for each in found.values()]
    own = f"data/{data.country.code}/"
    answered = [
        each if each.mark.path.startswith(own) else replace(each, country=data.country.code) for each in answered
    ]
    needless = (_finding(NOT_NEEDED, each) for each in unneeded(data, dataset, answered, [each.code for each in RULES]))
    needless = (each for each in needless if unread_since is None or each.since < unread_since)
    own_texts = (each for each in dataset.wordings if each.mark.path.startswith(own))
    overall = (*needless, *_untranslated(own_texts, dataset.settings.languages))
    return tuple(sorted((*answered, *overall), key=lambda each: each.mark))


def typed_withheld(shown: Dataset, whole: Dataset) -> Iterator[Finding]:
    """Report numbers typed in public texts that are withheld: `shown` is the public data, `whole` has all values."""
    known: set[Finding] = set()
    for data in shown.countries:
        for edition in editions(data, shown):
            of_all = vintage(whole, data.country.code, edition.year)
            for each in withheld_typed(edition, of_all):
                finding = _finding(TYPED, each)
                if finding not in known:
                    known.add(finding)
                    yield finding


def no_messages(states: Iterable[tuple[str, int, int, int]]) -> Iterator[Finding]:
    """Report languages with untranslated messages, from (language, untranslated, total, first untranslated line or 0).
    A language without any translation gets a note only: the user saw that when choosing it."""
    for language, lacking, total, line in states:
        path = f"translations/{language}.po"
        mark = Mark(path, line) if line else Mark("reporter.yaml")
        if lacking == total:
            none = N_("the program has no words in {language}: its headings, labels and sentences stay English")
            hint = f"nothing is to be done; to translate them: reporter admin messages {language} writes {path}"
            yield _finding(replace(NO_MESSAGES, severity=NOTE), Problem(tell(none, language=language), mark, hint))
        elif lacking:
            some = N_("words of the program are not translated into {language} and stay English: {lacking} of {total}")
            message = tell(some, language=language, lacking=lacking, total=total)
            hint = f'reporter admin messages {language} brings {path} up to date: fill every msgstr "" of it'
            yield _finding(NO_MESSAGES, Problem(message, mark, hint))


# What rules about words find, for the note on a language whose words they do not know.
TYPED_NUMBERS, NUMBER_WORDS = N_("numbers that are typed by hand"), N_("numbers that are written as words")
BOUND_WORDS = N_("words such as fell or highest that no figure bears out")
WHAT_THEY_READ = {
    "target-as-result": N_("aims that stand as results"),
    "misbound-claim": BOUND_WORDS,
    "unbound-claim": BOUND_WORDS,
    "untrue-note": N_("notes that contradict their figure"),
    "undefined-term": N_("steps of justice that the year does not count"),
}


def unread_languages(languages: Iterable[str], catalogue: Catalogue) -> Iterator[Finding]:
    named = {language for indicator in catalogue.indicators for language, _ in indicator.terms}
    blind: dict[str, list[str]] = {}
    for language in languages:
        unread = [WHAT_THEY_READ[rule.code] for rule in RULES if rule.languages and language not in rule.languages]
        # The rule knows the words that the catalogue has for a figure.
        unread += [] if language in named else [TYPED_NUMBERS]
        unread += [] if known_language(language).number_words else [NUMBER_WORDS]
        if unread:
            blind.setdefault(", ".join(dict.fromkeys(unread)), []).append(language)
    for things, each in blind.items():
        message = tell(N_("some rules do not read texts in {language}"), language=tuple(each))
        hint = f"look yourself for {things}"
        yield _finding(UNREAD, Problem(message, Mark("reporter.yaml"), hint))


def _finding(rule: Rule, each: Problem) -> Finding:
    return Finding(
        severity=rule.severity,
        code=rule.code,
        message=each.message,
        mark=each.mark,
        hint=each.hint,
        figure=each.figure,
        year=each.year,
        title=rule.title,
        undecided=each.undecided,
        values=each.values if each.figure else (),
        words=each.words if each.figure else "",
        remedy=each.remedy,
    )


def untranslated_of_all(dataset: Dataset, silent: Set[str]) -> Iterator[Finding]:
    """Find shared texts that lack a language; of one without messages (`silent`) only in files begun in it."""
    # A genitive is given in the languages that need one.
    texts = (each for each in dataset.wordings if each.keys[-1:] != ("genitive",))
    shared = [each for each in texts if each.mark.path.count("/") < OF_A_COUNTRY]
    begun = {(each.mark.path, language) for each in shared for language in each.languages}
    for language in dataset.settings.languages:
        wanted = (each for each in shared if language not in silent or (each.mark.path, language) in begun)
        yield from _untranslated(wanted, (language,))


def _untranslated(wordings: Iterable[Wording], languages: Sequence[str]) -> Iterator[Finding]:
    """Find texts that lack one of the languages, each in its place; one finding for a file with more than MOST_TOLD."""
    lacking: dict[tuple[str, str], list[Mark]] = {}
    for each in wordings:
        for language in languages:
            if language not in each.languages:
                lacking.setdefault((each.mark.path, language), []).append(each.mark)
    for (_, language), marks in lacking.items():
        many = len(marks) > MOST_TOLD
        for mark in marks[:1] if many else marks:
            one = N_("the text is not given in {language}")
            several = N_("{marks} texts of this file are not given in {language}")
            message = tell(several if many else one, marks=len(marks), language=language)
            hint = f"write {language}: beside the others"
            yield _finding(UNTRANSLATED, Problem(message, mark, hint))


MOST_NAMED = 3


def unneeded(
    data: CountryData, dataset: Dataset, findings: Sequence[Finding], rules: Iterable[str]
) -> Iterator[Problem]:
    """Report entries of `accepted:` that accept no finding; for withheld values, only with all values at hand."""
    for each in data.accepted:
        if not each.is_neutral and not any(accepts(each, finding) for finding in findings):
            back = [finding for finding in findings if is_about(each, finding) and not finding.accepted]
            message, hint = _what_changed(each, back) if back else _why_not(each, data, dataset, list(rules))
            yield Problem(message, each.mark, hint)


def _what_changed(each: Accepted, back: Iterable[Finding]) -> tuple[str, str]:
    """Describe how an entry differs from the finding it is about; of several, the one most like it."""
    known = {*each.values, each.words}
    now = max(back, key=lambda finding: len(known & {*finding.values, finding.words}))
    what = f"{each.rule} of {each.figure} in {each.year}"
    lines = " and ".join(now.foundation)
    if not (each.values or each.words):
        return f"{what} is accepted for no values", f"look at it again: if the reason holds, add {lines}"
    hint = f"look at it again: if the reason still holds, write {lines}; else take the entry out"
    return f"{what} is accepted for {_what_differs(each, now)}", hint


def _what_differs(each: Accepted, now: Finding) -> str:
    old, new = ({(year, address): text for year, address, text in side.values} for side in (each, now))
    told = []
    for year, address in (*sorted(new), *sorted({*old} - {*new})):
        was, is_now = old.get((year, address), ""), new.get((year, address), "")
        if was != is_now:
            name = f"{address} of {year}" if year else address
            told.append(f"{was or 'nothing'}, now {is_now} ({name})" if is_now else f"{name} as well")
    if not told:
        return "other words"
    return "; ".join(told[:MOST_NAMED]) + ("; …" if len(told) > MOST_NAMED else "")


def _why_not(each: Accepted, data: CountryData, dataset: Dataset, rules: list[str]) -> tuple[str, str]:
    figures = {*(indicator.code for indicator in dataset.catalogue.indicators), *told_names(data.country)}
    figures |= {f"countries.{kind}" for kind in ListKind} | {f"text.{passage.name}" for passage in data.passages}
    figures |= {f"activities.{each.code}" for each in data.activities}
    figures |= {seen.figure for thing in data.things for seen in thing.figures}
    if each.rule not in rules:
        return f"no rule is called {each.rule!r}", nearest(each.rule, rules)
    if each.figure not in figures:
        return f"no figure is called {each.figure!r}", nearest(each.figure, figures)
    hint = "take the entry out, or correct its year"
    return f"no finding {each.rule} of {each.figure} in {each.year} to accept", hint
