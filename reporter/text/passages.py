"""The texts that an edition prints for a section."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.data.i18n import N_, Locale
from reporter.data.records import Passage, Vintage
from reporter.data.records.label import Said
from reporter.text.markdown import Chunk


@dataclass(frozen=True, slots=True)
class SectionText:
    """What one language has of a section, in reading order. `year` is the last in which something was written there.
    `passages` are its beginning and its parts, each as it was written last, with those of that year that are empty:
    they end what stood there."""

    language: str
    year: int
    passages: tuple[Passage, ...]

    @property
    def printed(self) -> tuple[Passage, ...]:
        return tuple(each for each in self.passages if has_words(each))


def effective_passages(vintage: Vintage, section: str, language: str) -> tuple[Passage, ...]:
    """The passages that an edition prints for a section. Those of its year, else of the last earlier one; empty when
    there are none, or an empty text ended the section.

    Where another language of the workspace was written later, all of them are in that one, since parts of two languages
    may contradict each other."""
    written = (each for each in vintage.data.passages if each.section == section)
    return carried_passages(written, language, vintage.settings.languages)


def carried_passages(passages: Iterable[Passage], language: str, languages: Iterable[str]) -> tuple[Passage, ...]:
    found = chosen(next(iter(section_texts(passages).values()), {}), language, languages)
    return found.printed if found else ()


def printed_passages(passages: Iterable[Passage], wanted: Iterable[str], known: Collection[str]) -> Iterator[Passage]:
    """The texts that an edition prints in some languages. `passages` are those up to its year; one that prints nothing
    but ends a section is among them. `known` are the languages of the workspace."""
    texts = section_texts(passages).values()
    found = (chosen(written, language, known) for language in wanted for written in texts)
    return (passage for each in found if each for passage in each.passages)


def section_texts(passages: Iterable[Passage]) -> Mapping[str, Mapping[str, SectionText]]:
    """What each language has of each section, after all years. A year whose text carries the rest replaces and adds;
    any other begins anew."""
    years: dict[tuple[str, str, int], list[Passage]] = {}
    for each in sorted(passages, key=lambda each: each.year):
        years.setdefault((each.section, each.language, each.year), []).append(each)
    found: dict[str, dict[str, SectionText]] = {}
    for (section, language, year), written in years.items():
        before = found.setdefault(section, {}).get(language)
        kept = before.printed if before and any(each.carries for each in written) else ()
        found[section][language] = SectionText(language, year, tuple(_joined(kept, written)))
    return found


def chosen(texts: Mapping[str, SectionText], language: str, languages: Iterable[str]) -> SectionText | None:
    """Choose among what the languages have of a section. It is the newest one, in the edition's own language if it can
    be; `languages` are those of the workspace."""
    order = tuple(dict.fromkeys((language, *languages)))
    found = (texts[each] for each in order if each in texts)
    return max(found, key=lambda each: (each.year, -order.index(each.language)), default=None)


def has_words(passage: Passage) -> bool:
    # Of a part the first line is its title.
    text = passage.markdown.partition("\n")[2] if passage.part else passage.markdown
    return bool(text.strip() or passage.headline)


def part_title(passages: Iterable[Passage], section: str, code: str, language: str) -> str:
    """The title of the part of a section with a code. As it was written last, in the language if it has one there; of a
    part that nobody has written its code."""
    written = [each for each in passages if (each.section, each.part) == (section, code)]
    titles = {each.language: each.markdown.partition("\n")[0].removeprefix("## ") for each in written}
    spoken = next((each for each in (language, *titles) if titles.get(each)), "")
    other = "" if spoken == language else spoken
    return Said(titles.get(spoken, code), other, lambda asked: part_title(written, section, code, asked))


def code_of(chunk: Chunk, passage: Passage) -> str:
    # The title of a coded part is its first line; those below have no code.
    return passage.part if chunk.line == passage.mark.line + 1 else ""


def written_since(vintage: Vintage, passage: Passage) -> int:
    """The year since which a text has been written as it is. A text copied from year to year is no new one."""
    since, written = passage.year, _source(passage)
    place = passage.section, passage.part, passage.language
    for each in sorted(vintage.data.passages, key=lambda each: -each.year):
        if (each.section, each.part, each.language) == place and each.year <= passage.year:
            if _source(each) != written:
                break
            since = each.year
    return since


def untranslated(language: str, locale: Locale) -> str:
    message = N_("This section has not been translated. Language of the text: {language}.")
    return locale.text(message, language=locale.language_name(language))


def _joined(kept: Iterable[Passage], written: Iterable[Passage]) -> Iterator[Passage]:
    """Lay what a year writes over what earlier years wrote. A part stands in the place of the one it replaces, an
    unknown one comes last. The text of its beginning replaces what stood there, a headline alone the headline."""
    new = {each.part: each for each in written}
    if beginning := new.pop("", None):
        yield beginning
        bare = tuple(replace(each, headline=None) if beginning.headline else each for each in kept)
        kept = [each for each in bare if each.part or (has_words(each) and not beginning.markdown.strip())]
    yield from (new.pop(each.part, each) for each in kept)
    yield from new.values()


def _source(passage: Passage) -> tuple[list[str], list[str]]:
    return passage.headline.markdown.split() if passage.headline else [], passage.markdown.split()
