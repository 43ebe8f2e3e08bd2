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
from reporter.check.records import dated_names
from reporter.check.rule import Problem, Rule, editions, resting, sight
from reporter.check.withheld import withheld_typed
from reporter.data.errors import Finding, Mark, Severity, nearest
from reporter.data.files.sources import SETTINGS
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
    Rule(ERROR, "the parts of a breakdown do not add up to its total", breakdowns.parts_make_total),
    Rule(ERROR, "a part is larger than its total", breakdowns.part_exceeds_total),
    Rule(ERROR, "victims and persons at risk do not add up to the total", breakdowns.assisted_parts),
    Rule(ERROR, "parts within a part, such as girls in children, do not add up", breakdowns.nested_ages),
    Rule(ERROR, "zeros that were not counted, or parts of an unstated total", breakdowns.zero_or_missing),
    Rule(ERROR, "two exclusive parts both equal the total", breakdowns.cell_is_total),
    Rule(ERROR, "numbers by age equal those by sex in swapped order", breakdowns.columns_shifted),
    Rule(ERROR, "a sum includes a bound or an approximation", breakdowns.bound_in_sum),
    Rule(WARNING, "no female and male totals without numbers of girls and boys", breakdowns.sex_not_derivable),
    Rule(NOTE, "a large part of a total is unknown", breakdowns.unknown_share),
    # figures that limit each other
    Rule(ERROR, "fewer conducted than opened", limits.conducted_covers_opened),
    Rule(ERROR, "more carried over than there were the year before", limits.stock_flow),
    Rule(WARNING, "identified and presumed victims do not add up to those registered", limits.presumed_and_identified),
    Rule(WARNING, "a later step counts more persons", limits.convicted_over_prosecuted),
    Rule(ERROR, "a figure exceeds the one it is part of", limits.subset_exceeds_parent),
    Rule(ERROR, "part_of names no other figure or activity", limits.unknown_part_of),
    Rule(WARNING, "a figure is part of one that counts something else", limits.mixed_populations),
    # figures over the years
    Rule(WARNING, "a change that needs a comment", time_series.jump),
    Rule(WARNING, "a number is very different in size from its neighbours", time_series.tenfold),
    Rule(WARNING, "three or more figures of a year have the same number", time_series.repeated_value),
    Rule(ERROR, "an earlier figure changed without a recorded revision", time_series.unrecorded_revision),
    Rule(ERROR, "a difference is explained where there is none", limits.difference_not_needed),
    Rule(WARNING, "a figure lacks a part, breakdown or cross of the year before", time_series.code_vanished),
    Rule(WARNING, "the definition changed without flag b", time_series.break_not_flagged),
    Rule(NOTE, "a series breaks: values before and after are not compared", time_series.break_in_series),
    Rule(ERROR, "an impossible value", limits.bad_value),
    Rule(NOTE, "a draft has unanswered entries", answers.unanswered, drafts=True),
    Rule(
        ERROR,
        "an unanswered entry in an edition that is not a draft",
        answers.unanswered,
        drafts=False,
        name="left-unanswered",
    ),
    Rule(NOTE, "a draft has placeholders: [name], TODO", answers.in_brackets, drafts=True),
    Rule(
        ERROR,
        "a placeholder in brackets, or TODO, in an edition that is not a draft",
        answers.in_brackets,
        drafts=False,
        name="left-in-brackets",
    ),
    Rule(ERROR, "a figure of several years is given for one", limits.period_needed),
    # activities and countries
    Rule(WARNING, "two activities may count the same persons or things", records.overlap),
    Rule(
        WARNING,
        "an aim is given as a result",
        records.target_as_result,
        reads=lambda language: language.speaks_of_aim is not NOTHING,
    ),
    Rule(ERROR, "a country code is invalid, repeated, or main but not listed", records.country_names),
    Rule(NOTE, "a different kind of list than before", records.list_kind_changed),
    Rule(WARNING, "another population would fill more of a table for Eurostat", time_series.eurostat_unfilled),
    # offices, roles, resources and law by their years
    Rule(WARNING, "an office, role or resource is in an edition of a year before its own", records.told_early),
    Rule(ERROR, "impossible years of an office, role or resource", records.years_disagree),
    # recommendations
    Rule(ERROR, "a recommendation has no text, or a text has no recipient", answers.recommendation_text),
    Rule(ERROR, "a recommendation is addressed to an unknown office", answers.recommendation_office),
    Rule(ERROR, "a recommendation is due before its year", answers.recommendation_date),
    Rule(ERROR, "a recommendation names an unknown challenge", answers.recommendation_challenge),
    Rule(ERROR, "the follow-up to an earlier recommendation is missing", answers.recommendation_state),
    # disclosure
    Rule(ERROR, "a withheld value can be derived from printed ones", withheld.withheld_but_derivable),
    Rule(WARNING, "a note or reason contains a withheld number", withheld.withheld_told),
    Rule(ERROR, "a value is both withheld and rounded", withheld.decision_contradicted),
    Rule(
        ERROR, "a decision on a value that does not exist or would not be published anyway", withheld.decision_needless
    ),
    Rule(ERROR, "rounded values do not add up, or are too far from the true values", withheld.rounded_sum),
    # narrative
    Rule(ERROR, "a heading is not the code of a section", texts.unknown_section),
    Rule(ERROR, "text below the headline of a chart or table", texts.text_over_chart),
    Rule(NOTE, "a headline for a chart that the edition does not have", texts.chart_not_made),
    Rule(ERROR, "a text refers to a chart that the workspace leaves out", expressions.chart_left_out),
    Rule(ERROR, "HTML, images or headings that text may not contain", texts.raw_html),
    Rule(ERROR, "an expression has none of the allowed forms", texts.bad_expression),
    Rule(ERROR, "an expression that names nothing in the data", expressions.unknown_figure),
    Rule(ERROR, "a value is missing in an edition that prints it", expressions.no_value),
    Rule(ERROR, "an earlier text prints this year's value with its own year", expressions.year_of_text),
    Rule(WARNING, "a text reuses the words of an earlier year, but its figures changed", expressions.words_unchanged),
    Rule(ERROR, "a word such as fell or most is not supported by its figure", claims.claim_untrue),
    Rule(
        ERROR,
        "a word such as fell is bound with a filter that checks something else",
        claims.misbound_claim,
        reads=attrgetter("claims"),
    ),
    Rule(
        WARNING,
        "a word such as fell, near a figure or in a headline, title or lead, is not bound to a figure",
        claims.unbound_claim,
        reads=attrgetter("claims"),
    ),
    Rule(WARNING, "a note or reason contradicts its figure", claims.untrue_note, reads=attrgetter("claims")),
    Rule(ERROR, "a noun with a value lacks grammatical forms of its language", expressions.word_forms),
    Rule(WARNING, "a Lithuanian participle or noun does not agree with its number", expressions.word_agreement),
    Rule(ERROR, "a number typed by hand next to the name of a figure", wording.hand_typed_number),
    Rule(WARNING, "a footnote number is typed by hand", wording.typed_call),
    Rule(ERROR, "a percentage typed by hand", wording.percent_in_prose),
    Rule(
        WARNING,
        "a step of criminal justice is named but not counted that year",
        wording.undefined_term,
        reads=attrgetter("steps"),
    ),
    Rule(WARNING, "a section is missing in one language", texts.translation_missing),
    Rule(WARNING, "a draft has text translated by machine and not reviewed", texts.machine_text, drafts=True),
    Rule(
        ERROR,
        "an edition that is not a draft has text translated by machine and not reviewed",
        texts.machine_text,
        drafts=False,
        name="left-unreviewed",
    ),
    Rule(WARNING, "a text is older than in another language", texts.translation_behind),
    Rule(WARNING, "a part with a code is missing in one language", texts.part_missing),
    # texts of earlier years
    Rule(NOTE, "earlier texts not confirmed for this year", texts.undecided_text, drafts=True),
    Rule(
        ERROR,
        "an edition that is not a draft prints unconfirmed earlier texts",
        texts.undecided_text,
        drafts=False,
        name="left-undecided",
    ),
    Rule(ERROR, "a confirmed text is not from an earlier year", texts.decision_not_needed),
    Rule(ERROR, "a confirmation copied from the file of another year", texts.decision_copied),
    Rule(ERROR, "a confirmation of texts has no name or no day", texts.decision_unsigned),
    Rule(ERROR, "a section keeps an earlier text that does not exist", texts.nothing_to_carry),
)


# These look at all files together, once, rather than at one edition after the other.
NOT_NEEDED = Rule(ERROR, "an accepted finding does not exist, or has other values", name="accepted-not-needed")
UNTRANSLATED = Rule(WARNING, "a text in a file is missing in a language of the workspace", name="untranslated")
TYPED = Rule(WARNING, "a number typed in a public text equals a withheld value", name="withheld-typed")
OVERALL = (NOT_NEEDED, UNTRANSLATED, TYPED)
# The program lacks a translation of its own; no file of the data is wrong.
NO_MESSAGES = Rule(WARNING, "the program is not fully translated into a language", name="no-messages")
BY_MACHINE = Rule(WARNING, "words translated by machine and not reviewed", name="machine-translation")
UNREAD = Rule(NOTE, "languages that some rules cannot check", name="unread-language")
# Rules that report something absent: where not all files could be read, it may exist after all.
ABSENCES = frozenset(
    {
        "code-vanished",
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
MOST_LISTED = 10
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
    data: CountryData, dataset: Dataset, wanted: Mapping[int, Sequence[Rule]], cache: KnownSearches | None
) -> dict[int, SearchedEdition]:
    codes = {year: " ".join(rule.code for rule in rules) for year, rules in wanted.items()}
    sees = {year: f"{codes[year]} {sight(data, year)}" if cache else "" for year in wanted}
    searches_by_year = {year: cache.find(year, sees[year]) if cache else None for year in wanted}
    due = {year for year, search in searches_by_year.items() if search is None}
    for edition in editions(data, dataset, years=due) if due else ():
        problems = (
            (rule.code, resting(fault, edition)) for rule in wanted[edition.year] for fault in rule.problems(edition)
        )
        searched = searches_by_year[edition.year] = SearchedEdition(
            tuple(problems), tuple(text.name for text in edition.unread_texts)
        )
        if cache:
            cache.add(edition.year, sees[edition.year], searched)
    return {year: search for year, search in searches_by_year.items() if search}


def check(
    data: CountryData, dataset: Dataset, unread_since: int | None = None, searches: KnownSearches | None = None
) -> tuple[Finding, ...]:
    """Find all problems in a country's data, in file order, with the reasons of those accepted. From edition
    `unread_since` on, some files could not be read and nothing is reported absent. Cached editions are skipped."""
    finding_by_problem: dict[tuple[str, Problem], Finding] = {}
    unread: set[tuple[int, str]] = set()
    rules = {rule.code: rule for rule in RULES}
    present = [rule for rule in RULES if rule.code not in ABSENCES]
    wanted = {file.year: RULES if unread_since is None or file.year < unread_since else present for file in data.years}
    for year, searched in search_editions(data, dataset, wanted, searches).items():
        unread |= {(year, name) for name in searched.unread}
        for code, problem in searched.problems:
            # A problem that a later edition repeats, perhaps with another hint, is reported once.
            finding_by_problem.setdefault((code, replace(problem, hint="")), _finding(rules[code], problem))
    # A reason reused from another year counts only once someone has read it again; another finding names it.
    lasting = (entry for entry in data.accepted if entry.frozen or (entry.vintage, entry.name) not in unread)
    data = replace(data, accepted=tuple(lasting))
    answered = [with_reason(item, data.accepted, dataset.settings.languages) for item in finding_by_problem.values()]
    own = f"data/{data.country.code}/"
    answered = [
        item if item.mark.path.startswith(own) else replace(item, country=data.country.code) for item in answered
    ]
    needless = (_finding(NOT_NEEDED, flaw) for flaw in unneeded(data, dataset, answered))
    needless = (finding for finding in needless if unread_since is None or finding.since < unread_since)
    own_texts = (wording for wording in dataset.wordings if wording.mark.path.startswith(own))
    overall = (*needless, *_untranslated(own_texts, dataset.settings.languages))
    return tuple(sorted((*answered, *overall), key=lambda finding: finding.mark))


def typed_withheld(public_dataset: Dataset, whole: Dataset) -> Iterator[Finding]:
    """Report numbers typed in public texts that are withheld: `whole` has all values."""
    yield from dict.fromkeys(
        _finding(TYPED, problem)
        for data in public_dataset.countries
        for edition in editions(data, public_dataset)
        for problem in withheld_typed(edition, vintage(whole, data.country.code, edition.year))
    )


def by_machine(language: str) -> Finding:
    """The finding on a language in which words of the program were translated by machine and not reviewed."""
    message = tell(N_("words of the program were translated into {language} by machine"), language=language)
    hint = (
        f"have a person review them before you publish: reporter admin messages {language}; or permit to publish "
        f"them as they are: publish_machine_translation: [{language}]"
    )
    return _finding(BY_MACHINE, Problem(message, Mark(SETTINGS), hint))


def no_messages(states: Iterable[tuple[str, int, int, int]]) -> Iterator[Finding]:
    """Report languages with untranslated messages, from (language, untranslated, total, first untranslated line or 0).
    A language without any translation gets a note only: the user saw that when choosing it."""
    for language, lacking, total, line in states:
        path = f"translations/{language}.po"
        mark = Mark(path, line) if line else Mark("reporter.yaml")
        if lacking == total:
            none = N_("the program is not translated into {language}: headings, labels and sentences stay in English")
            hint = f"no action needed; to translate them: reporter admin messages {language} writes {path}"
            yield _finding(replace(NO_MESSAGES, severity=NOTE), Problem(tell(none, language=language), mark, hint))
        elif lacking:
            some = N_("messages not translated into {language}, which stay in English: {lacking} of {total}")
            message = tell(some, language=language, lacking=lacking, total=total)
            hint = f'reporter admin messages {language} updates {path}: fill in every msgstr ""'
            yield _finding(NO_MESSAGES, Problem(message, mark, hint))


# What rules about words find, for the note on a language whose words they do not know.
TYPED_NUMBERS, NUMBER_WORDS = N_("numbers typed by hand"), N_("numbers written as words")
BOUND_WORDS = N_("words such as fell or highest without a supporting figure")
WHAT_THEY_READ = {
    "target-as-result": N_("aims given as results"),
    "misbound-claim": BOUND_WORDS,
    "unbound-claim": BOUND_WORDS,
    "untrue-note": N_("notes that contradict their figure"),
    "undefined-term": N_("steps of criminal justice not counted that year"),
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
    for things, blind_languages in blind.items():
        message = tell(N_("some rules cannot check texts in {language}"), language=tuple(blind_languages))
        yield _finding(UNREAD, Problem(message, Mark("reporter.yaml"), f"check these yourself: {things}"))


def _finding(rule: Rule, problem: Problem) -> Finding:
    return Finding(
        severity=rule.severity,
        code=rule.code,
        message=problem.message,
        mark=problem.mark,
        hint=problem.hint,
        figure=problem.figure,
        year=problem.year,
        title=rule.title,
        undecided=problem.undecided,
        values=problem.values if problem.figure else (),
        words=problem.words if problem.figure else "",
        remedy=problem.remedy,
    )


def untranslated_of_all(dataset: Dataset, silent: Set[str]) -> Iterator[Finding]:
    """Find shared texts that lack a language; of one without messages (`silent`) only in files begun in it."""
    # A genitive is given in the languages that need one.
    texts = (wording for wording in dataset.wordings if wording.keys[-1:] != ("genitive",))
    shared = [wording for wording in texts if wording.mark.path.count("/") < OF_A_COUNTRY]
    file_languages = {(wording.mark.path, language) for wording in shared for language in wording.languages}
    for language in dataset.settings.languages:
        wanted = (text for text in shared if language not in silent or (text.mark.path, language) in file_languages)
        yield from _untranslated(wanted, (language,))


def _untranslated(wordings: Iterable[Wording], languages: Sequence[str]) -> Iterator[Finding]:
    """Find texts that lack one of the languages; one finding for a file with more than MOST_LISTED."""
    lacking: dict[tuple[str, str], list[Mark]] = {}
    for text in wordings:
        for language in languages:
            if language not in text.languages:
                lacking.setdefault((text.mark.path, language), []).append(text.mark)
    for (_, language), marks in lacking.items():
        many = len(marks) > MOST_LISTED
        for mark in marks[:1] if many else marks:
            one = N_("the text is missing in {language}")
            several = N_("{marks} texts of this file are missing in {language}")
            message = tell(several if many else one, marks=len(marks), language=language)
            yield _finding(UNTRANSLATED, Problem(message, mark, f"add {language}: next to the others"))


MOST_NAMED = 3


def unneeded(data: CountryData, dataset: Dataset, findings: Sequence[Finding]) -> Iterator[Problem]:
    """Report entries of `accepted:` that accept no finding; for withheld values, only with all values at hand."""
    for entry in data.accepted:
        if not entry.is_neutral and not any(accepts(entry, finding) for finding in findings):
            back = [finding for finding in findings if is_about(entry, finding) and not finding.accepted]
            message, hint = _what_changed(entry, back) if back else _why_not(entry, data, dataset)
            yield Problem(message, entry.mark, hint)


def _what_changed(entry: Accepted, back: Iterable[Finding]) -> tuple[str, str]:
    """Describe how an entry differs from the finding it is about; of several, the one most like it."""
    accepted_values = {*entry.values, entry.words}
    now = max(back, key=lambda finding: len(accepted_values & {*finding.values, finding.words}))
    what = f"{entry.rule} of {entry.figure} in {entry.year}"
    lines = " and ".join(now.foundation)
    if not (entry.values or entry.words):
        return f"{what} is accepted without values", f"check it again: if the reason is right, add {lines}"
    hint = f"check it again: if the reason is still right, write {lines}; else remove the entry"
    return f"{what} is accepted for {_what_differs(entry, now)}", hint


def _what_differs(entry: Accepted, now: Finding) -> str:
    old, new = ({(year, address): text for year, address, text in side.values} for side in (entry, now))
    differences = []
    for year, address in (*sorted(new), *sorted({*old} - {*new})):
        was, is_now = old.get((year, address), ""), new.get((year, address), "")
        if was != is_now:
            name = f"{address} of {year}" if year else address
            differences.append(f"{was or 'nothing'}, now {is_now} ({name})" if is_now else f"{name} as well")
    if not differences:
        return "other words"
    return "; ".join(differences[:MOST_NAMED]) + ("; …" if len(differences) > MOST_NAMED else "")


def _why_not(entry: Accepted, data: CountryData, dataset: Dataset) -> tuple[str, str]:
    rules = [rule.code for rule in RULES]
    figures = {*(indicator.code for indicator in dataset.catalogue.indicators), *dated_names(data.country)}
    figures |= {f"countries.{kind}" for kind in ListKind} | {f"text.{passage.name}" for passage in data.passages}
    figures |= {f"activities.{activity.code}" for activity in data.activities}
    figures |= {observation.figure for thing in data.things for observation in thing.figures}
    if entry.rule not in rules:
        return f"no rule is called {entry.rule!r}", nearest(entry.rule, rules)
    if entry.figure not in figures:
        return f"no figure is called {entry.figure!r}", nearest(entry.figure, figures)
    hint = "remove the entry, or correct its year"
    return f"there is no finding {entry.rule} for {entry.figure} in {entry.year}", hint
