"""Whether a sentence speaks of a figure and claims something of it. "More encouragement" and "may rise" say nothing of
a figure, even where one stands beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporter.check.prose_text import FILLER, ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition
from reporter.check.terms import FAMILY, WORD, Terms, term_at, terms_of
from reporter.model import is_given
from reporter.prose.expression import Expression
from reporter.prose.lexicon import FOUND, ClaimWord
from reporter.prose.reused_words import ENDING

# Words for figures that are named elsewhere in the paragraph, and for whom and what is counted.
COUNTED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"numbers?|figures?|totals?|counts?|shares?|proportions?|levels?|trends?|it|they|them|these|this|those|that|both|"
        r"others?|rest|all|trafficking|exploitation|crimes?|offences?|phenomenon|problem|forms?|cases?|persons?|people|"
        r"women|men|girls|boys|children|minors|adults|nationals|foreigners|clients|form|purpose|type|kind|group|ever",
        re.I,
    ),
    "lt": re.compile(
        r"skaiči\w+|rodikl\w+|dal(?:is|į|ies|yje)|lyg(?:is|io|į)|jis|ji|jie|jos|jų|juos|jas|tai|tie|tos|šis|šie|šios|abu|abi|"
        r"kit(?:i|os|ų|us|as|a)|prekyb\w+|išnaudojim\w+|nusikal\w+|form\w+|atvej\w+|asm\w+|žmon(?:ės|ių|es)|moter\w+|vyr\w+|"
        r"mergai\w+|bernui\w+|vaik\w+|nepilnameč\w+|suaugus\w+|užsienie\w+|piliet\w+|rūš\w+|grup\w+",
        re.I,
    ),
}
# Words at which the noun after "more" or "most" is over: what it says it of stands elsewhere.
ELSEWHERE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"than|in|of|were|was|are|is|have|has|had|since|ever|by|to|on|at|among|amongst|and|or|but|with|when|for|so|as|"
        r"from|reached|recorded|be|came|year|after|during",
        re.I,
    ),
    "lt": re.compile(
        r"nei|negu|kaip|buvo|yra|bus|nuo|iki|ir|ar|bet|o|už|per|pagal|tarp|kai|kuri\w*|nustatyt\w+|metais|m|met\w+|iš|su|"
        r"\w+(?:ant|int|ama|oma)",
        re.I,
    ),
}
SKIPPED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"the|these|those|of|a|an|such|frequent|common|often|numerous|known|single", re.I),
    "lt": re.compile(r"šių|tų|šie|šios", re.I),
}
# What a label of a part may begin with, and nobody would take for its name.
GENERAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"persons?|people|others?|not|un\w+|all|any|exploitation|forced|no", re.I),
    "lt": re.compile(r"asm\w+|žmon\w+|kit\w+|ne\w+|vis\w+|išnaudojim\w+", re.I),
}
SINGULAR = {"women": "woman", "men": "man", "children": "child"}
# Endings of the plural of short nouns, of which too little is left to know them by.
ENDINGS = ("ai", "ys", "os", "ės")
CASE, CASES = re.compile(ENDING), range(1, 5)
# What is done again and again is no count: "no child is heard alone".
# A half of the costs of help "to victims" is no half of these.
DATIVE = re.compile(r"(?:oms|ams|ims|iems)$")
PERSON = re.compile(r"nobody|no one", re.I)
HABITUAL = re.compile(r"\bne\w+(?:[aoi]m)(?:as|a|i|os)\b")
UNSTATED = re.compile(r"\bnot\b|\bunknown\b|\bne(?:nurod|žinom|nustat)", re.I)
# A claim of what may be, or of what a number does not mean, is none of what was.
MODAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:can|could|may|might|would|should|must|shall|will|cannot)(?:\s+\w+){0,2}\s*$"
        r"|(?<!\bbegan)(?<!\bbegun)(?<!\bstarted)(?<!\bcontinued)(?<!\bcontinues)(?<!\bcontinue)(?<!\btended)\s+to\s+$"
        r"|\b(?:need|does|do|did)(?:\s+not|n[’']t)(?:\s+\w+)?\s+mean\b[^.;]*$|\bwhether\b[^.;]*$|\bif\b[^.,;]*$",
        re.I,
    ),
    "lt": re.compile(
        r"\bgal(?:i|ima|ėtų|ėjo|ės)(?:\s+\w+){0,2}\s*$|\b(?:nereiškia|nebūtinai reiškia)\b[^.;]*$|\bar\s+[^.;]*$"
        r"|\bjei(?:gu)?\b[^.,;]*$|\bturėtų(?:\s+\w+){0,2}\s*$",
        re.I,
    ),
}
MODAL_AFTER: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"[^.,;]*(?:\bneed(?:\s+not|n[’']t)(?:\s+\w+)?\s+mean\b|\b(?:is|are)\s+(?:not\s+)?possible\b"
        r"|\b(?:can|could|may)\s+(?:not\s+)?be\s+(?:stated|told|given|expected|possible)\b)"
        r"|\s*(?:\w+\s+){0,2}(?:may|might|can|should|must|shall|could)\b",
        re.I,
    ),
    "lt": re.compile(
        r"[^.,;]*\b(?:nebūtinai\s+reiškia|nereiškia)\b|\s*(?:\w+\s+){0,3}(?:gali|galėtų|turi|turėtų|privalo)\b"
        r"|[^.;]*\b(?:pasakyti|nustatyti|palyginti)\s+negalima\b",
        re.I,
    ),
}
# That there were none is said of what was; "no victim needs a permit" is a rule.
HAPPENED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:was|were|been|had|came|occurred|recorded|reported|identified|opened|registered)\b|¤", re.I),
    "lt": re.compile(r"\b(?:buvo|ne\w+|\w+(?:ta|tas|ti|tos|tų))\b|¤", re.I),
}
MOST_WORDS = 3
# "No number was given", in Lithuanian.
NOT_KNOWN = re.compile(r"duomen|skaič|žin|nurod|pateik|skelb|dal(?:is|ies)|lygin|įtrauk|form|lyt|amži")


@dataclass(frozen=True, slots=True)
class FigureParagraph:
    """Where a paragraph stands, and what figures it prints or names."""

    start: int
    end: int
    printed: tuple[Expression, ...]
    names: bool

    @property
    def is_of_figures(self) -> bool:
        return bool(self.printed) or self.names


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words of a language that name figures and parts."""

    language: str
    terms: Terms
    labels: frozenset[str]

    def is_label(self, word: str) -> bool:
        """Return whether a small word is the label of a part. Or the first word of one, in any case."""
        if word[:FAMILY] in self.labels:
            return True
        return self.language == "lt" and any(
            word[:-size] in self.labels and CASE.fullmatch(word[-size:]) for size in CASES
        )

    def names_figure(self, text: str) -> bool:
        words = [match[0].lower() for match in WORD.finditer(text)]
        if self.language == "lt":  # "nenuteistas" is of the convicted, too
            words = [each[2:] if each.startswith("ne") and each[2:] in self.terms else each for each in words]
        return any(term_at(words, place, self.terms) for place in range(len(words)))

    def names_part(self, text: str) -> bool:
        return any(self.is_label(match[0].lower()) for match in WORD.finditer(text))


def subjects_of(edition: CheckedEdition, language: str) -> Subjects:
    """The words that name the figures with a series, and their parts. Counts of activities and of law are of no year:
    nothing is claimed of them."""
    series = {seen.indicator for seen in edition.known.index.values() if is_given(seen) and not seen.owner}
    terms = {
        first: kept
        for first, found in terms_of(edition, language).items()
        if (kept := [each for each in found if each[1] in series])
    }
    indicators = filter(None, map(edition.known.catalogue.indicator, series))
    axes = map(edition.known.catalogue.dimension, {name for each in indicators for name in each.dimensions})
    labels: set[str] = set()
    for member in (each for axis in axes if axis for each in axis.codes):
        label = dict(member.label.texts).get(language, "").lower()
        named = [] if UNSTATED.search(label) else WORD.findall(label)[:1]
        for noun in named:
            if GENERAL[language].fullmatch(noun):
                continue
            labels.add(noun[:FAMILY])
            if language == "en":
                labels.add(SINGULAR.get(noun, noun.removesuffix("s"))[:FAMILY])
            elif len(noun) <= FAMILY + 1 and noun[-2:] in ENDINGS:
                labels.add(noun[:-2])
    return Subjects(language, terms, frozenset(labels))


def paragraphs_of(edition: CheckedEdition, parsed: ParsedPassage, subjects: Subjects) -> Iterator[FigureParagraph]:
    printed = tuple(each for each in parsed.expressions if is_of_series(edition, each))
    start, text = 0, parsed.text
    for gap in (*re.finditer(r"\n[ \t]*\n\s*", text), None):
        end = gap.start() if gap else len(text)
        first, last = (parsed.passage.mark.line + text.count("\n", 0, place) for place in (start, end))
        inside = tuple(each for each in printed if first <= each.mark.line <= last)
        yield FigureParagraph(start, end, inside, bool(inside) or subjects.names_figure(text[start:end]))
        start = gap.end() if gap else end


def is_of_series(edition: CheckedEdition, expression: Expression) -> bool:
    if expression.call:
        return False
    seen = edition.known.observation(expression.address, expression.year or edition.year)
    return seen is not None and not seen.owner


def is_claim(word: ClaimWord, sentence: Sentence, subjects: Subjects, *, prints: bool) -> bool:
    """Return whether words claim something of a figure. They stand in a paragraph that has one. `prints` says whether
    their own sentence prints a figure."""
    language, after = subjects.language, sentence.text[word.end :]
    if is_only_possible(word, sentence.text, language):
        return False
    of_part = word.claims[-1] == "amounts" and (language == "lt" or re.match(r"\s+of\b", after))
    if (word.attributive or of_part) and (said := _noun(word, after, subjects)) is not None:
        if word.claims[0] == "zero":
            return said and bool(HAPPENED[language].search(sentence.text))
        words = [match[0].lower() for match in WORD.finditer(sentence.text)]
        others = (each for place, each in enumerate(words) if not term_at(words, place, subjects.terms))
        return said and (word.claims[0] != "all" or subjects.names_part(" ".join(others)))
    if word.claims[0] == "all":  # "only women were victims"
        part = WORD.search(after)
        return (
            part is not None and subjects.is_label(part[0].lower()) and (prints or subjects.names_figure(sentence.text))
        )
    if word.claims[0] == "zero":
        return _denied_beside(word, sentence, subjects)
    if prints or subjects.names_figure(sentence.text):
        return True
    return any(map(COUNTED[language].fullmatch, WORD.findall(sentence.text))) or subjects.names_part(sentence.text)


def is_only_possible(word: ClaimWord, text: str, language: str) -> bool:
    """Return whether words say what may be, not what was. Or what a number does not mean."""
    return bool(MODAL[language].search(text[: word.start]) or MODAL_AFTER[language].match(text[word.end :]))


def _noun(word: ClaimWord, after: str, subjects: Subjects) -> bool | None:
    """Return whether the noun that follows is that of a figure. None where no noun follows."""
    language = subjects.language
    clause = re.match(r"[^.,;:!?()]*", after)
    of_part = language == "lt" and word.claims[-1] == "amounts"
    words = [each.lower() for each in WORD.findall(clause[0] if clause else "")]
    while words and SKIPPED[language].fullmatch(words[0]):
        words = words[1:]
    for place, each in enumerate(words[:MOST_WORDS]):
        if of_part and DATIVE.search(each):
            continue
        if each[0] in f"{FILLER}·" or term_at(words, place, subjects.terms) or subjects.is_label(each):
            return True
        is_zero = word.claims[0] in ("zero", "all")
        if not is_zero and COUNTED[language].fullmatch(each):
            return True
        if is_zero and re.fullmatch(r"persons?|people|one|asm\w+|žmo\w+", each):
            return True
        if ELSEWHERE[language].fullmatch(each):
            return None if place == 0 else False
    return False if words else None


def _denied_beside(word: ClaimWord, sentence: Sentence, subjects: Subjects) -> bool:
    """Return whether a figure stands right beside "none" or "nebuvo"."""
    if subjects.language == "en" or word.text.lower().startswith(("nė ", "niek")):
        before = re.search(r"[^.,;:!?()]*$", sentence.text[: word.start])
        after = re.match(r"[^.,;:!?()]*", sentence.text[word.end :])
        text = " ".join(each[0] for each in (before, after) if each)
        rules = subjects.language == "lt" and HABITUAL.search(text)
        if rules or (
            PERSON.fullmatch(word.text) and not HAPPENED["en"].search(after[0].replace(FILLER, "") if after else "")
        ):
            return False
        if subjects.language == "lt" and re.search(rf"\bne(?:{FOUND})", text):
            return True
        return subjects.names_figure(text) or subjects.names_part(text) or FILLER in text
    last = WORD.findall(sentence.text[: word.start].lower())[-1:]
    later = WORD.findall(re.split(r"[.,;:!?()]", sentence.text[word.end :].lower())[0])[:MOST_WORDS]
    if any(NOT_KNOWN.match(each) for each in later):
        return False
    # What is not there stands in the genitive.
    named = [later[place:] for place in range(len(later))] if not word.text.lower().startswith("nėra") else []
    return any(
        each[0].endswith("ų") and (term_at(each, 0, subjects.terms) or subjects.is_label(each[0]))
        for each in (last, *named)
        if each
    )
