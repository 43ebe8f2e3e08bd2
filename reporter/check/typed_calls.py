"""The rule for calls of footnotes that are typed by hand."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.document.text_tree import Call, Place, Run, Words
from reporter.i18n import N_
from reporter.languages import LANGUAGES
from reporter.languages.language import any_of
from reporter.languages.sentences import FILLER
from reporter.model.telling import tell
from reporter.prose.call_places import settled

# As other programs write them: [^1], ^1^, <sup>1</sup>, and a raised digit behind a numeral.
CALL = re.compile(
    r"\[\^(?P<name>[^\]\s]+)\](?!:)|\^\w{1,3}\^|<sup>[^<]{1,4}</sup>" + f"|(?<=[\\d%‰€°{FILLER}])[¹²³⁴-⁹⁰]+",
    re.IGNORECASE,
)
# The numbers of articles and paragraphs are raised in the law itself: 147¹ straipsnis.
LAW = re.compile(
    rf"(?i:§|{any_of(each.law_before for each in LANGUAGES.values())})[^.;]{{0,30}}$"
    rf"|^[^.;]{{0,40}}\b(?i:{any_of(each.law_behind for each in LANGUAGES.values())})"
)
RAISED = re.compile(r"[¹²³⁴-⁹⁰]+")
NUMERAL = re.compile(f"[\\d%‰€°{FILLER}][\"'”’)]*$")
SIGN = re.compile(r"[\^¹²³⁴-⁹⁰]|<sup", re.IGNORECASE)
DEFINITION = r"^ {{0,3}}\[\^{name}\]:[ \t]*(?P<text>\S.*)"


def typed_call(edition: CheckedEdition) -> Iterator[Problem]:
    """The call of a footnote that is typed by hand. Behind a numeral it reads as a power."""
    for parsed in edition.new_passages:
        if SIGN.search(f"{parsed.text}{parsed.headline}{''.join(each.text for each in parsed.footnotes)}"):
            nouns = edition.known.catalogue.nouns(parsed.passage.language)
            for sentence in parsed.sentences():
                yield from _in_sentence(parsed, sentence, nouns)


def _in_sentence(parsed: ParsedPassage, sentence: Sentence, nouns: Collection[str]) -> Iterator[Problem]:
    for call in CALL.finditer(sentence.text):
        before, after = sentence.text[: call.start()], sentence.text[call.end() :]
        if RAISED.fullmatch(call[0]) and (LAW.search(before) or LAW.search(after)):
            continue
        numeral = NUMERAL.search(before)
        message = N_("'{words}' behind a numeral reads as a power") if numeral else N_("'{words}' is typed by hand")
        defined = re.search(DEFINITION.format(name=re.escape(call["name"] or "")), parsed.text, re.M)
        note = defined["text"].strip().replace('"', '\\"') if call["name"] and defined else "…"
        line = settled((Run(Words(before)), Run(Place(0)), Run(Words(CALL.sub("", after)))), {0}, nouns)
        place = "".join(run.text for run in takewhile(lambda run: not isinstance(run.leaf, Call), line)).split()
        hint = f'write {place[-1] if place else ""}{{{{ note("{note}") }}}}'
        yield prose_problem(parsed, sentence.at(call.start()), tell(message, words=call[0]), hint)
