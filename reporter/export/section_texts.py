"""The narrative of an edition as Markdown, section by section."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reporter.document.outline import parts
from reporter.errors import Finding
from reporter.i18n import CHANGED, N_, RESTRICTED, RESTRICTION, STATUS_WORDS, Locale
from reporter.model import Audience, EditionStatus, Passage, Vintage
from reporter.prose.evaluation import Printer
from reporter.prose.markdown_text import markdown_text
from reporter.prose.passages import effective_passages, untranslated

UNCONFIRMED = N_("Text of {year}; nobody has confirmed yet that it still holds in {edition}.")


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """The text of a section, with its values, as Markdown. `year` is the last in which something of it was written;
    `findings` say what could not be printed."""

    code: str
    title: str
    language: str
    year: int
    markdown: str
    findings: tuple[Finding, ...]


def written_sections(
    vintage: Vintage, locale: Locale, undecided: Collection[str] = (), audience: Audience = Audience.PUBLIC
) -> Iterator[WrittenSection]:
    """Write the sections that have a text. They come in the order of the profile. `undecided` are the texts of earlier
    years that nobody has confirmed."""
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
            year=max(each.year for each in passages),
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
    """Say of a text that its language or year is another. That of the year nobody has confirmed yet."""
    language = next(iter(passages)).language
    if language != locale.language:
        yield untranslated(language, locale)
    open_years = {each.year for each in passages if each.name in undecided or each.section in undecided}
    yield from (locale.text(UNCONFIRMED, year=year, edition=vintage.year) for year in sorted(open_years))
