"""The file of a year is composed as people read it, and is read as it was meant."""

from reporter.errors import Finding, Mark, Severity
from reporter.intake.imports.year_texts import AcceptedFault, ImportedYear, year_text
from reporter.load.dataset import load_dataset
from reporter.model import Label
from reporter.model.imported import ImportedValue
from tests import small
from tests.intake.imports.publications import EMPTY, bench


def year(*values: ImportedValue, **more: object) -> ImportedYear:
    known = {"published": "", "source": "office", "notes": {}} | more
    return ImportedYear(country="XX", year=2020, file="a.csv", values=values, **known)


def value(figure: str, said: str, **more: object) -> ImportedValue:
    return ImportedValue(figure=figure, year=2020, value=said, place="line 4", **more)


def test_words_of_any_kind_are_read_as_they_are(tmp_path):
    workspace = bench(tmp_path, EMPTY)
    catalogue = load_dataset(workspace.snapshot(), ("XX",)).dataset.catalogue_of("XX")
    words = 'He said: "no" # – it\'s {5}, [6] & \\ „gerai“'
    finding = Finding(
        severity=Severity.ERROR,
        code="jump",
        message="m",
        mark=Mark("f"),
        figure="victims.identified",
        year=2020,
        values=((2020, "victims.identified", "at least 3"),),
    )
    text = year_text(
        year(
            value("victims.identified", "at least 3", flags=("e", "p"), confidentiality="A", source="police"),
            value("victims.identified.men", "2", flags=("e",), confidentiality="D"),
            value("investigations.opened", "missing"),
            notes={"victims.identified": {"en": words}, "victims.identified.men": {"en": words, "lt": words}},
            accepted=(AcceptedFault(finding, {"en": words}, comparable=False),),
        ),
        catalogue,
    )
    small.write(tmp_path, {"data/catalogue.yaml": None} | EMPTY)
    bench(tmp_path, EMPTY | {small.YEAR: text})
    dataset, findings = load_dataset(workspace.snapshot(), ("XX",))
    assert () == findings
    seen = {each.address: each for each in dataset.country("XX").observations if not each.owner}
    men, total = seen["victims.identified.men"], seen["victims.identified"]
    assert ("2", "D", words) == (str(men.value), str(men.confidentiality), str(men.notes[0].text("lt")))
    assert ("at least", "A", "police", words) == (
        str(total.qualifier),
        str(total.confidentiality),
        total.source,
        str(total.notes[0].text("en")),
    )
    (accepted,) = dataset.country("XX").accepted
    assert (words, False, finding.values) == (str(accepted.reason.text("en")), accepted.comparable, accepted.values)


def test_what_a_later_year_says_of_an_earlier_one_stands_apart(tmp_path):
    workspace = bench(tmp_path, EMPTY | {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"]})
    catalogue = load_dataset(workspace.snapshot(), ("XX",)).dataset.catalogue_of("XX")
    note = Label((("en", "Counted anew."),))
    old = ImportedValue(
        figure="victims.identified", year=2019, value="61", was="60", place="line 5", vintage=2020, notes=(note,)
    )
    text = year_text(year(value("victims.identified", "4"), old), catalogue)
    bench(tmp_path, EMPTY | {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"], small.YEAR: text})
    dataset, findings = load_dataset(workspace.snapshot(), ("XX",))
    (revised,) = dataset.country("XX").revisions
    assert ((), "victims.identified", 2019, "61", "Counted anew.") == (
        findings,
        revised.figure,
        revised.year,
        str(revised.now.value),
        str(revised.reason.text("en")),
    )
