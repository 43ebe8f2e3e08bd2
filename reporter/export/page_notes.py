"""The notes of the page: lists below texts, and parentheses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from reporter.export.page_outline import families
from reporter.i18n import N_, Locale
from reporter.model import Observation, Vintage
from reporter.prose.evaluation import Printed, Printer
from reporter.prose.markdown_writer import in_line
from reporter.tables.tabulate import FLAG_WORDS

Noted = tuple[frozenset[tuple[str, int, str]], dict[str, tuple[str, ...]], int]


class Silence:
    """No notes at all."""

    def of_text(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def call(self, text: str) -> str:  # noqa: ARG002
        return ""

    def behind(self) -> str:
        return ""


@dataclass(slots=True)
class PageNotes:
    """The notes of a text of the page, each told once. The text is of a `year`; what is to know of a value of another
    of the `years`, or of another family than that of the heading, is `owed`: it stands there. Where a vintage is
    `known`, the notes are those that it has."""

    year: int
    years: Collection[int]
    owed: list[tuple[Observation, Vintage]]
    told: frozenset[tuple[str, int, str]] = frozenset()
    of_values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    due: tuple[str, ...] = ()
    known: Vintage | None = None
    family: str = ""

    def of_text(self, text: str) -> tuple[str, ...]:
        """Nothing here: the note goes behind the paragraph."""
        self.due += (f"({in_line(text)})",)
        return ()

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        """Nothing here: the notes go below the text."""
        self.add(printed.observations, printer.vintage, printer.locale)
        return ()

    def call(self, text: str) -> str:  # noqa: ARG002
        """Nothing: no note is called."""
        return ""

    def behind(self) -> str:
        due, self.due = self.due, ()
        return "".join(f" {each}" for each in due)

    def add(self, observations: Iterable[Observation], vintage: Vintage, locale: Locale) -> None:
        """Take in the notes and flags of some values."""
        for seen in observations:
            away = seen.year != self.year or (self.family and families(seen.indicator) != self.family)
            if away and seen.year in self.years and not seen.owner:
                self.owed.append((seen, vintage))
            else:
                self.note(seen, vintage, locale)

    def note(self, seen: Observation, vintage: Vintage, locale: Locale) -> None:
        """Take in the notes and flags of a value that stands here."""
        if self.known:
            vintage, seen = self.known, self.known.observation(seen.address, seen.year) or seen
        flags = locale.joined(", ", (locale.text(FLAG_WORDS[each]) for each in sorted(seen.flags)))
        notes = (note.text(locale.language) for note in vintage.all_notes(seen))
        texts = [each for each in (locale.put("{}.", flags) if flags else "", *notes) if each]
        new = [each for each in dict.fromkeys(texts) if (seen.owner or seen.figure, seen.year, each) not in self.told]
        if new:
            self.told |= {(seen.owner or seen.figure, seen.year, each) for each in new}
            label = self._label(seen, vintage, locale)
            self.of_values[label] = (*self.of_values.get(label, ()), *new)

    def state(self) -> Noted:
        return self.told, dict(self.of_values), len(self.owed)

    def restore(self, state: Noted) -> None:
        """Forget what was taken in since, for a paragraph left out."""
        self.told, self.of_values, owed = state
        del self.owed[owed:]
        self.due = ()

    def lines(self, locale: Locale) -> list[str]:
        told, self.of_values = self.of_values, {}
        items = [locale.put("{}: {}", label, locale.joined(" ", texts)) for label, texts in told.items()]
        return [locale.text(N_("Notes:")), "\n".join(f"- {in_line(each)}" for each in items)] if items else []

    def _label(self, seen: Observation, vintage: Vintage, locale: Locale) -> str:
        """What a note is on: a thing, or a figure. With its year where that is another one than that of the text."""
        names = {f"activities.{each.code}": each.title for each in vintage.data.activities}
        names |= {f"law.{each.code}": each.law for each in vintage.country.provisions}
        if seen.owner in names:
            return names[seen.owner].text(locale.language)
        label = locale.label_of(seen, vintage.catalogue)
        return label if seen.year == self.year else locale.put("{}, {}", label, seen.year)
