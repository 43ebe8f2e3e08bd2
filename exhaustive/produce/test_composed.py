"""Documents and files that withhold values, many times."""

from hypothesis import Phase, given, settings

from tests.fixtures import RURITANIA
from tests.withheld import NOTE, SECRET_LISTS, everything, places, withholding


@settings(max_examples=25, derandomize=True, phases=[Phase.generate])
@given(places(RURITANIA), SECRET_LISTS, SECRET_LISTS)
def test_whatever_is_withheld_nothing_that_leaves_the_house_depends_on_it(chosen, one, other):
    made, again = (everything(withholding(RURITANIA, chosen, secrets)) for secrets in (one, other))
    assert [] == [name for name, content in made.items() if content != again[name]]
    assert [] == [name for name, content in made.items() if NOTE in str(content) or "77000" in str(content)]
