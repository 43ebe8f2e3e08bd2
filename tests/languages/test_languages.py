"""A language is a file of its own: what it says of itself is read by every rule, and no other room names a language."""

import ast
from pathlib import Path

import pytest

from reporter.check import check, unread_languages
from reporter.data.languages import LANGUAGES, Language, Sign
from reporter.data.languages.language import YEAR, claims_of, every_year, words
from reporter.data.languages.sentences import sentences
from tests.fixtures import ROOT, RURITANIA
from tests.small import TEXT, write
from tests.snapshots import dataset_of

CLAIMS = r"""
rose: kasva\w+|tõusi\w*|kahekordist\w+
fell: lange\w+|vähene\w+
amounts: rohkem kui pool
"""
ESTONIAN = Language(
    abbreviations="nt|jne",
    units=("üks", "kaks", "kolm", "neli"),
    tens=("kakskümmend",),
    signs=((Sign.ABOVE, "rohkem kui|üle"),),
    fractions=((r"pool\w*", 1, 2),),
    claims=tuple(claims_of(CLAIMS)),
    multiples=((2, r"kahekordist\w+"),),
    denial=words(r"\bei\s+$"),
    since=words(rf"\balates\s+{YEAR}\b"),
    every_year=every_year("igal aastal"),
)


@pytest.fixture
def estonian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "et", ESTONIAN)  # type: ignore[arg-type]


@pytest.mark.usefixtures("estonian")
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("# justice: Uurimised langesid\n\nTekst.\n", "unbound-claim: 'langesid' is not checked against a figure"),
        (
            '# justice\n\nUurimised {{ investigations.opened | rose("langesid") }}.\n',
            "misbound-claim: 'langesid' is bound with rose, which does not fit",
        ),
        (
            '# justice\n\nUurimised {{ investigations.opened | rose("kahekordistusid") }}.\n',
            "claim-untrue: 'kahekordistusid' is not true of investigations.opened: 11 is not so many times 9",
        ),
        (
            '# justice\n\nUuriti {{ investigations.opened | amounts("kakskümmend neli") }} juhtu.\n',
            "claim-untrue: 'kakskümmend neli' is not true of investigations.opened: it is 11 in 2020, not "
            "'kakskümmend neli'",
        ),
        (
            '# justice\n\nUurimised {{ investigations.opened | rose("kasvasid igal aastal alates 2017") }}.\n',
            "claim-untrue: 'kasvasid igal aastal alates 2017' is not true of investigations.opened: nothing is known "
            "for 2017",
        ),
    ],
)
def test_the_words_of_an_added_language_are_read_by_the_rules(tmp_path: Path, text: str, finding: str) -> None:
    settings = (RURITANIA / "reporter.yaml").read_text("utf-8").replace("[en]", "[et]")
    files = {TEXT: None, TEXT.replace("/en/", "/et/"): text, "reporter.yaml": settings}
    dataset = dataset_of(write(tmp_path, files), ("XX",))
    (country,) = dataset.countries
    assert finding in [f"{each.code}: {each.message}" for each in check(country, dataset)]
    (unread,) = unread_languages(["et"], dataset.catalogue)
    assert "unbound-claim" not in unread.message


@pytest.mark.usefixtures("estonian")
def test_an_abbreviation_of_an_added_language_ends_no_sentence() -> None:
    assert ["Soome jne. Eesti.", "Uus lause."] == [*sentences("Soome jne. Eesti. Uus lause.")]


def test_no_other_room_names_a_language() -> None:
    """Only the list of official languages does, with the one of the program's own words beside it."""
    rooms = (ROOT / "reporter").rglob("*.py")
    named = {
        f"{path.name}:{node.lineno}"
        for path in rooms
        if path.parent.name != "languages" and path.name != "label.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("en", "lt", "lv", "et")
    }
    assert set() == named
