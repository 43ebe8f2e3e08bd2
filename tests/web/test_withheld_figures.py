"""What the public does not get of a figure is told with why, for what and at what cost."""

from reporter.model import Observation
from reporter.web.withheld_figures import WithheldFigure, Withholding
from tests.disclosure.deciding_country import country_of, known_of
from tests.editions import ENGLISH

VICTIMS = "victims.identified"
FIGURES = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
FILE = "data/XX/protection/2020.yaml"
DECIDED = f"""\
withheld:
  2020:
    {VICTIMS}.children: {{because: small}}
    {VICTIMS}.men: {{because: protects, protects: [{VICTIMS}.children], reason: {{en: Asked for.}}}}
"""


def told(figures: str, file: str, code: str = "") -> WithheldFigure | None:
    """What is told of a figure, or of a part of it."""
    known = known_of(country_of({2020: figures}, more={FILE: file} if file else None), 2020)
    seen = known.observation(f"{VICTIMS}.{code}" if code else VICTIMS)
    assert isinstance(seen, Observation)
    return Withholding(known, known.data.protections, ENGLISH).told(seen)


def test_what_protects_another_says_which_what_it_costs_and_where_it_is_decided() -> None:
    found = told(FIGURES, DECIDED, "men")
    assert (
        WithheldFigure(
            sign="withheld: protects children",
            words="Without it, identified victims (children) could be worked out.",
            cost="What its loss costs the report: 10. The total of a key figure costs 1000, a part of a part 10.",
            reason="Asked for.",
            edition=2020,
            address="/XX/2020/withheld#d-2020-victims.identified.men",
        )
        == found
    )


def test_the_others_say_why_they_are_withheld_or_rounded_and_what_the_public_gets_has_no_sign() -> None:
    small = told(FIGURES, DECIDED, "children")
    assert ("withheld: so small", "For its sake identified victims (men) is withheld too.") == (small.sign, small.rests)
    # A masked number is the source's, a code is the file's.
    masked = told(FIGURES.replace("men: 13", "men: suppressed"), "", "men")
    coded = told(FIGURES.replace("men: 13", "men: {value: 13, confidentiality: C}"), "", "men")
    assert ("masked by the source", "", 0) == (masked.sign, masked.cost, masked.edition)
    assert ("withheld: in its file", "Its file says that it is confidential.") == (coded.sign, coded.words)
    rounded = told(FIGURES, f"rounded:\n  2020: {{{VICTIMS}: 30}}\n")
    assert "rounded: about 30" == rounded.sign
    assert rounded.words.startswith("The public reads about 30:")
    assert (None, None) == (told(FIGURES, DECIDED), told(FIGURES, "", "men"))
