"""The narrative of an edition as Markdown by section, and the headings and notes of the Commission's page."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from reporter.data.errors import Finding
from reporter.data.i18n import CHANGED, N_, RESTRICTED, RESTRICTION, STATUS_WORDS, Locale
from reporter.data.outline import parts
from reporter.data.records import ActivityKind, Audience, EditionStatus, Observation, Passage, Vintage
from reporter.report.tables.tabulate import FLAG_WORDS, SIGN_WORDS, signs_of
from reporter.text.evaluation import Printed, Printer
from reporter.text.markdown import effective_passages, untranslated
from reporter.text.markdown_writer import in_line, markdown_text
from reporter.text.tree import Call

UNCONFIRMED = N_("Text of {year}; not yet confirmed for {edition}.")


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """The text of a section as Markdown; `year` is its last edit, `findings` say what could not be printed."""

    code: str
    title: str
    language: str
    year: int
    markdown: str
    findings: tuple[Finding, ...]


def written_sections(
    vintage: Vintage, locale: Locale, undecided: Collection[str] = (), audience: Audience = Audience.PUBLIC
) -> Iterator[WrittenSection]:
    """Write the sections with a text in the profile's order; `undecided` texts of earlier years are unconfirmed."""
    for part in parts():
        passages = effective_passages(vintage, part.code, locale.language)
        if not passages:
            continue
        language = passages[0].language
        speaker = locale if language == locale.language else locale.speak(language)
        title = locale.text(part.title)
        remarks = (*stamp(vintage, locale, audience), *text_remarks(vintage, locale, passages, undecided))
        markdown, findings = markdown_text(title, remarks, passages, Printer(vintage, speaker, {}))
        yield WrittenSection(
            code=part.code,
            title=title,
            language=language,
            year=max(passage.year for passage in passages),
            markdown=markdown,
            findings=findings,
        )


def stamp(vintage: Vintage, locale: Locale, audience: Audience) -> Iterator[str]:
    file = vintage.edition
    if audience is Audience.RESTRICTED:
        yield locale.put("{}. {}", locale.text(RESTRICTED), locale.text(RESTRICTION))
    if file.changed or file.status is EditionStatus.DRAFT:
        words = CHANGED if file.changed else STATUS_WORDS[file.status]
        yield locale.put("{}, {}: {}", locale.name_of(vintage.country), vintage.year, locale.text(words))


def text_remarks(
    vintage: Vintage, locale: Locale, passages: Collection[Passage], undecided: Collection[str]
) -> Iterator[str]:
    """State that a text is in another language or from another year that no one has confirmed yet."""
    language = next(iter(passages)).language
    if language != locale.language:
        yield untranslated(language, locale)
    open_years = {passage.year for passage in passages if passage.name in undecided or passage.section in undecided}
    yield from (locale.text(UNCONFIRMED, year=year, edition=vintage.year) for year in sorted(open_years))


# The first word of a figure's name is its family; figures of other families go under the heading without `family`.
ASSISTANCE = "assistance"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its content: `now` are current sections, else the `lead` of their chapter; `years` are sections by
    year, newest first, with the figures of `family`. `activities` and `law` have figures of no year; `listed` is one of
    `LISTS`, `documents` are groups of references. `titles` is what sub-headings of texts become."""

    title: str
    lead: str = ""
    now: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    family: str = ""
    activities: tuple[ActivityKind, ...] = ()
    law: bool = False
    listed: str = ""
    documents: tuple[str, ...] = ()
    titles: Literal["headings", "bullets", ""] = ""
    parts: tuple["Heading", ...] = ()

    def walk(self) -> Iterator["Heading"]:
        yield self
        for part in self.parts:
            yield from part.walk()


# The page is in English only. A country names its own laws by `headings:` in its country.yaml, by the last section.
PAGE = (
    Heading("General information", now=("general_situation",)),
    Heading(
        "Institutional and legal framework",
        lead="framework",
        law=True,
        parts=(
            Heading("Criminal Code", now=("criminal_code",)),
            Heading("Legal status of aliens", now=("aliens",)),
            Heading("Administrative violations", now=("administrative_violations",)),
            Heading("Assistance to victims of crime", now=("assistance_law",)),
            Heading("National Strategy / National Action Plan", now=("action_plans", "earlier_framework")),
            Heading(
                "Coordination of anti-trafficking actions at a national level",
                now=("coordination",),
                activities=(ActivityKind.COORDINATION,),
            ),
            Heading(
                "The most important challenges at national level",
                lead="proposals",
                now=("challenges",),
                titles="bullets",
            ),
            Heading(
                "National Rapporteur or equivalent mechanism",
                now=("national_rapporteur", "recommendations"),
                titles="bullets",
            ),
            Heading("Documents", documents=("legislation", "plan")),
        ),
    ),
    Heading(
        "Implementation of anti-trafficking policy",
        parts=(
            Heading(
                "Prevention",
                lead="prevention_and_capacity",
                now=("prevention", "earlier_prevention"),
                activities=(ActivityKind.CAMPAIGN,),
                titles="headings",
            ),
            Heading(
                "Capacity building",
                now=("capacity_building", "earlier_capacity_building"),
                activities=(ActivityKind.TRAINING,),
            ),
            Heading(
                "Assistance and support provided to victims",
                lead="assistance_and_support",
                now=("assistance",),
                years=("assistance",),
                family=ASSISTANCE,
            ),
            Heading("Special protective measures for children", now=("children", "earlier_assistance")),
            Heading(
                "Investigation and prosecution",
                lead="justice",
                years=("investigation", "forms", "victims", "criminal_justice"),
            ),
            Heading("National Referral Mechanism", now=("referral_mechanism",)),
            Heading("Documents", documents=("report",)),
        ),
    ),
    Heading(
        "EU and international cooperation",
        lead="international",
        now=("cooperation", "earlier_cooperation"),
        activities=(ActivityKind.COOPERATION,),
        parts=(Heading("Future plans in terms of implementation of the directive 2011/36/EU", now=("directive",)),),
    ),
    Heading("Resources", lead="resources_and_contacts", now=("resources",), listed="references"),
    Heading("Contacts", now=("contacts",), listed="contacts"),
)


def headings() -> tuple[Heading, ...]:
    return tuple(part for heading in PAGE for part in heading.walk())


def families(indicator: str) -> str:
    """The family of an indicator; empty for those without a heading of their own."""
    first = indicator.partition(".")[0]
    return first if any(heading.family == first for heading in headings()) else ""


Noted = tuple[frozenset[tuple[str, int, str]], dict[str, tuple[str, ...]], int]


@dataclass(slots=True)
class PageNotes:
    """The flags and revisions of the values in a text, each printed once. One of another of the `years`, or of another
    family, is `owed`: it is printed under that heading. Where `vintage` is given, they come from that vintage."""

    year: int
    years: Collection[int]
    owed: list[tuple[Observation, Vintage]]
    notes: frozenset[tuple[str, int, str]] = frozenset()
    of_values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    vintage: Vintage | None = None
    family: str = ""

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        """Nothing here: the notes are printed below the text."""
        self.add(printed.observations, printer.vintage, printer.locale)
        return ()

    def call(self, text: str, language: str) -> Call:  # noqa: ARG002
        return Call(0, text)

    def add(self, observations: Iterable[Observation], vintage: Vintage, locale: Locale) -> None:
        for observation in observations:
            away = observation.year != self.year or (self.family and families(observation.indicator) != self.family)
            if away and observation.year in self.years and not observation.owner:
                self.owed.append((observation, vintage))
            else:
                self.note(observation, vintage, locale)

    def note(self, item: Observation, vintage: Vintage, locale: Locale) -> None:
        if self.vintage:
            vintage, item = self.vintage, self.vintage.observation(item.address, item.year) or item
        words = SIGN_WORDS | FLAG_WORDS
        flags = locale.joined(", ", (locale.text(words[sign]) for sign in signs_of(item, vintage)))
        texts = [locale.put("{}.", flags)] if flags else []
        texts += [
            revision.reason.text(locale.language)
            for revision in vintage.data.revisions
            if (revision.now.address, revision.year) == (item.address, item.year)
        ][-1:]
        new = [text for text in dict.fromkeys(texts) if (item.owner or item.figure, item.year, text) not in self.notes]
        if new:
            self.notes |= {(item.owner or item.figure, item.year, text) for text in new}
            label = self._label(item, vintage, locale)
            self.of_values[label] = (*self.of_values.get(label, ()), *new)

    def state(self) -> Noted:
        return self.notes, dict(self.of_values), len(self.owed)

    def restore(self, state: Noted) -> None:
        self.notes, self.of_values, owed = state
        del self.owed[owed:]

    def lines(self, locale: Locale) -> list[str]:
        texts_by_label, self.of_values = self.of_values, {}
        items = [locale.put("{}: {}", label, locale.joined(" ", texts)) for label, texts in texts_by_label.items()]
        return [locale.text(N_("Notes:")), "\n".join(f"- {in_line(item)}" for item in items)] if items else []

    def _label(self, observation: Observation, vintage: Vintage, locale: Locale) -> str:
        """What a note is about: a thing or a figure, with its year where that differs from the year of the text."""
        names = {f"activities.{activity.code}": activity.title for activity in vintage.data.activities}
        names |= {f"law.{provision.code}": provision.law for provision in vintage.country.provisions}
        if observation.owner in names:
            return names[observation.owner].text(locale.language)
        label = locale.label_of(observation, vintage.catalogue)
        return label if observation.year == self.year else locale.put("{}, {}", label, observation.year)
