"""Find numbers typed in running text that tell a withheld figure."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from reporter.disclosure.collecting import LooseNumber
from reporter.model import Observation, Vintage, is_given
from reporter.model.seen import Key

DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
ARTICLE = re.compile(r"\d+(?:-\d+)*")
WORD = re.compile(r"[^\W\d_]+")
# A word and its other forms have so many letters alike, at most as many others behind them.
ENDING = 3


def telling_numbers(
    loose: Iterable[LooseNumber],
    withheld: Mapping[Key, Observation],
    truth: Mapping[Key, Observation],
    known: Vintage,
) -> tuple[tuple[tuple[Key, LooseNumber], ...], tuple[LooseNumber, ...]]:
    """Numbers of texts that tell a withheld figure, or may. One tells it that is its number, or its percentage of the
    whole, in a sentence that names it. Without the `truth` nobody can say so: any number in such a sentence may. A term
    of the law that the sentence cites is none."""
    told: list[tuple[Key, LooseNumber]] = []
    suspects: list[LooseNumber] = []
    if not withheld:
        return (), ()
    for each in loose:
        words = {word.casefold() for word in WORD.findall(each.around)}
        for where, seen in withheld.items():
            names = _names(seen, known)
            is_of_year = where[1] in (each.years or {known.year})
            is_named = is_of_year and any(own.startswith(name) for name in names for own in words)
            if not is_named or _is_term(each, names, known):
                continue
            number = truth[where].value if where in truth else None
            if number is not None:
                if _tells(each, seen, number, known):
                    told.append((where, each))
                continue
            # A number that is printed of the indicator is explained.
            stated = _number(each)
            if not any(other.indicator == seen.indicator and other.value == stated for other in known.index.values()):
                suspects.append(each)
    return tuple(told), tuple(dict.fromkeys(suspects))


def _names(seen: Observation, known: Vintage) -> list[str]:
    axis = known.catalogue.dimension(seen.dimension)
    code = axis.get(seen.code) if axis else None
    indicator = known.catalogue.indicator(seen.indicator)
    if code:
        names = [text for _, text in code.label.texts]
    else:
        names = [term for _, terms in (indicator.terms if indicator else ()) for term in terms]
    return [
        stem
        for stem in (
            word[: max(3, len(word) - ENDING)]
            for word in (next(iter(WORD.findall(name.casefold())), "") for name in names)
        )
        if stem
    ]


def _is_term(each: LooseNumber, names: Iterable[str], known: Vintage) -> bool:
    """Return whether a number is a term of a cited law. The sentence has the article and all of its terms, of which
    there are two at least, and does not count by it: a count of children under an article stays one."""
    number, numbers = _number(each), {Decimal(text) for text in re.findall(r"\d+", each.around)}
    following = re.findall(rf"(?<!\d){re.escape(each.text)}(?!\d)\W*([^\W\d_]+)", each.around)
    if any(word.casefold().startswith(tuple(names)) for word in following):
        return False
    cited = (law for law in known.country.provisions if law.article and law.article in ARTICLE.findall(each.around))
    terms = ({seen.value for seen in law.figures if seen.value is not None} for law in cited)
    return any(number in each and len(each) > 1 and each <= numbers for each in terms)


def _tells(each: LooseNumber, seen: Observation, truth: Decimal, known: Vintage) -> bool:
    """Return whether a number is that of a figure, or its percentage of the whole. The number of the whole is printed,
    and tells nothing."""
    number = _number(each)
    printed = known.observation(seen.figure, seen.year) if seen.code else None
    if number is None or (printed and is_given(printed) and printed.value == number):
        return False
    if not each.is_percent:
        return number == truth
    whole = known.observation(seen.address.rpartition(".")[0], seen.year)
    if whole is None or not is_given(whole) or not whole.value:
        return False
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return bool((100 * truth / whole.value).quantize(step, ROUND_HALF_UP) == number)


def _number(each: LooseNumber) -> Decimal | None:
    found = DIGITS.search(each.text.replace("\u00a0", "").replace(" ", ""))
    return Decimal(found[0].replace(",", ".")) if found else None
