"""The annex on quality: findings, approximations and revisions."""

from dataclasses import replace

from reporter.document.document import Document
from reporter.document.texts import texts
from reporter.errors import Finding, Mark, Severity
from reporter.i18n import load_locale
from reporter.model import Esms, vintage
from reporter.sections import compose
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.sections.annexes import lines, of


def test_an_approximate_figure_is_named_under_accuracy():
    known = lines(document("XX", 2021), Esms.ACCURACY)
    assert "Bounds and approximations: Presumed victims (2021); Assistance projects financed (2019)" in known
    assert (
        "Estimated, imputed or forecast: Presumed victims (2019); Persons on record as possibly involved (2021)"
        in known
    )


NOTE = Finding(
    Severity.WARNING, "a-rule", "something odd", Mark("data/XX/2021.yaml", 3), "", "victims.identified", 2021
)


def composed(finding: Finding, year: int, language: str = "en") -> Document:
    return compose(vintage(checked("XX").dataset, "XX", year), load_locale(language), (finding,)).document


def test_an_open_finding_is_printed_as_the_check_words_it_with_its_rule():
    (entry,) = of(composed(NOTE, 2022), "open_findings")
    assert ("2021: something odd", ("Rule: a-rule; warning",)) == (entry.title, entry.lines)


def test_an_open_finding_is_told_by_its_rule_in_an_edition_of_another_language():
    (entry,) = of(composed(replace(NOTE, title="a series breaks"), 2022, "de"), "open_findings")
    assert entry.title.endswith("a series breaks")


def test_a_finding_of_a_later_year_or_file_is_not_known_to_an_earlier_edition():
    for later in (NOTE, replace(NOTE, year=2018)):
        (entry,) = of(composed(later, 2019), "open_findings")
        assert "No finding of the checks is open." == entry.title


def test_a_finding_accepted_later_is_open_in_the_earlier_edition(tmp_path):
    accepted = "accepted: [{rule: jump, figure: victims.identified, year: 2019, reason: {en: Known.}}]\n"
    dataset = small.load(tmp_path, {small.YEAR: small.FILES[small.YEAR] + accepted})
    finding = replace(NOTE, code="jump", year=2019, mark=Mark("data/XX/2019.yaml"), accepted="Known.")
    for year, section, others in ((2019, "open_findings", "findings"), (2020, "findings", "")):
        found = compose(vintage(dataset, "XX", year), ENGLISH, (finding,)).document
        assert 1 == len(of(found, section))
        assert others not in [each.code for each in found.walk()]


def test_a_revision_is_printed_with_both_values_and_its_reason():
    revised, repeated = of(document("XX", 2021), "revisions")
    assert "2019: Investigations conducted, those carried over from earlier years included" == revised.title
    assert ("Published before: 55; now: 57", "Two cases of one province were added.") == revised.lines
    assert 1 == len(repeated.lines)
    assert "Presumed victims" in repeated.lines[0]


def test_a_revision_is_no_way_to_a_value_that_another_file_withholds(tmp_path):
    changed = {
        "data/XX/2019.yaml": "year: 2019\nsource: police\n"
        "figures: {victims.identified: {total: 4711, confidentiality: C}}\n",
        small.YEAR: small.HEAD
        + "revisions: [{figure: victims.identified, year: 2019, was: 4711, now: 4712, reason: {en: R}}]\n",
        small.TEXT: "# aliens\n\nText.\n",
    }
    found = compose(vintage(small.load_public(tmp_path, changed), "XX", 2020), ENGLISH).document
    words = "\n".join(texts(found))
    assert [] == [each for each in ("4711", "4,711", "4712", "4,712") if each in words]
