"""What the public does not get of a figure, and why. It is told by the decisions of the edition and of those before it,
and by what the files say of a value themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

from reporter.context import Context
from reporter.i18n import N_, Locale
from reporter.model import (
    Because,
    Confidentiality,
    Decision,
    Observation,
    Protection,
    Qualifier,
    RoundedFigure,
    Vintage,
    is_hidden,
    is_withheld,
)
from reporter.model.seen import Key
from reporter.sections.retold import label_at

# Why a value is withheld, in a word or two and in a sentence.
SIGNS: Mapping[Because, str] = {
    Because.SMALL: N_("withheld: so small"),
    Because.ZERO: N_("withheld: a telling zero"),
    Because.PROTECTS: N_("withheld: protects {names}"),
    Because.LOT: N_("withheld: by lot"),
    Because.CHOSEN: N_("withheld: chosen"),
}
REASONS: Mapping[Because, str] = {
    Because.SMALL: N_("So small a count could show who is meant."),
    Because.ZERO: N_("That it is zero would tell something of everybody in the group."),
    Because.PROTECTS: N_("Without it, {names} could be worked out."),
    Because.LOT: N_("Chosen at random, so that the choice does not show which counts are small."),
    Because.CHOSEN: N_("A person decided so."),
}
CODES: Mapping[Confidentiality, str] = {
    Confidentiality.CONFIDENTIAL: N_("Its file says that it is confidential."),
    Confidentiality.NOT_FOR_PUBLICATION: N_("Its file says that it is for internal use."),
    Confidentiality.PRIMARY: N_("Its file says that it is so small that it could show who is meant."),
    Confidentiality.SECONDARY: N_("Its file says that another withheld value could be worked out from it."),
}
BY_SOURCE, IN_FILE, ROUNDED = N_("masked by the source"), N_("withheld: in its file"), N_("rounded: {value}")
MASKED = N_("Whoever counted it does not tell it; nobody here knows the number.")
IS_ROUNDED = N_("The public reads {value}: a multiple of five, from which the number cannot be told.")


class Withholding:
    """The values that the public does not get of an edition. `protections` are those of all editions: what a later one
    withholds of a year is withheld, too."""

    def __init__(self, known: Vintage, protections: Iterable[Protection], locale: Locale) -> None:
        self.known, self.locale = known, locale
        self._context = Context(known, locale)
        self._decided: dict[Key, tuple[Protection, Decision]] = {}
        self._rounded: dict[Key, tuple[Protection, RoundedFigure]] = {}
        for one in protections:
            self._decided |= {(each.figure, each.year): (one, each) for each in one.withheld}
            self._rounded |= {(each.figure, each.year): (one, each) for each in one.rounded}

    def sign(self, seen: Observation) -> str:
        """What is withheld of a value, in a word or two. Empty where the public gets it."""
        found = self.decision(seen)
        if found:
            names = self.locale.listed(self._short(each) for each in found[1].protects)
            because = found[1].because if names else _unnamed(found[1].because)
            return self.locale.text(SIGNS[because], names=names)
        if is_hidden(seen):
            return self.locale.text(BY_SOURCE)
        if is_withheld(seen):
            return self.locale.text(IN_FILE)
        printed = self.printed(seen)
        return self.locale.text(ROUNDED, value=printed) if printed else ""

    def words(self, seen: Observation) -> str:
        """Why a value is withheld, or what the public reads instead of it."""
        found = self.decision(seen)
        if found:
            return self.why(found[1].because, found[1].protects)
        if is_withheld(seen):
            return self.locale.text(MASKED if is_hidden(seen) else CODES[seen.confidentiality])
        return self.locale.text(IS_ROUNDED, value=self.printed(seen))

    def edition(self, seen: Observation) -> int:
        """The year in whose file of decisions it is said what the public gets of a value; 0 for none."""
        found = self.decision(seen) or (None if is_withheld(seen) else self._rounded.get((seen.address, seen.year)))
        return found[0].edition if found else 0

    def rests(self, seen: Observation) -> str:
        """What is withheld for the sake of a value."""
        one = (self.decision(seen) or (None,))[0]
        others = one.withheld if one else ()
        return self._listed(each.figure for each in others if each.year == seen.year and seen.address in each.protects)

    def printed(self, seen: Observation) -> str:
        found = self._rounded.get((seen.address, seen.year))
        if found is None or is_withheld(seen):
            return ""
        return self.locale.spoken(replace(seen, value=Decimal(found[1].value), qualifier=Qualifier.ABOUT))

    def why(self, because: Because, protects: tuple[str, ...]) -> str:
        names = self._listed(protects)
        return self.locale.text(REASONS[because if names else _unnamed(because)], names=names)

    def decision(self, seen: Observation) -> tuple[Protection, Decision] | None:
        """The decision by which a value is withheld, with the edition that has it; None for none."""
        found = self._decided.get((seen.address, seen.year))
        # What a file says itself of a value goes before; of an open one nothing is decided.
        return found if found and not is_hidden(seen) and found[1].because.code is seen.confidentiality else None

    def _listed(self, addresses: Iterable[str]) -> str:
        return self.locale.listed(self.locale.inside(label_at(each, self._context)) for each in addresses)

    def _short(self, address: str) -> str:
        figure, _, code = address.rpartition(".")
        catalogue = self.known.catalogue
        indicator = catalogue.indicator(figure)
        axes = [catalogue.dimension(each) for each in (indicator.dimensions if indicator else ())]
        member = next((found for axis in axes if axis and (found := axis.get(code))), None)
        if member is None:
            return label_at(address, self._context)
        return self.locale.inside(member.label.text(self.locale.language))


def decision_name(figure: str, year: int) -> str:
    return f"d-{year}-{quote(figure)}"


def _unnamed(because: Because) -> Because:
    return Because.CHOSEN if because is Because.PROTECTS else because
