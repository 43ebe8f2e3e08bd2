"""Which editions are meant, and what is said of one that is not there."""

import pytest

from reporter.comparison import Manner
from reporter.edition.job import Job, select, volumes
from reporter.errors import UsageError
from reporter.model import Annexes
from tests.fixtures import LITHUANIA
from tests.produce.words import JOB
from tests.snapshots import snapshot


def test_without_arguments_the_latest_year_of_every_country_is_meant():
    assert (JOB,) == select(snapshot(LITHUANIA), None, None, ("en",))
    with pytest.raises(UsageError, match="years with a file: 2009–2020"):
        select(snapshot(LITHUANIA), "LT", 1999, ("en",))


@pytest.mark.parametrize(
    ("job", "names"),
    [
        (Job("LT", 2020, "en"), ["LT-2020-en", "LT-2020-data-and-methods-en"]),
        (Job("LT", 2020, "lt", changed=True), ["LT-2020-unpublished-lt", "LT-2020-data-and-methods-unpublished-lt"]),
        (
            Job("LT", 2020, "en", Manner.YEARS, ("2019", "2020")),
            ["LT-compare-2019-2020-en", "LT-compare-2019-2020-texts-en"],
        ),
        (Job("LT", 2020, "en", Manner.COUNTRIES, ("LT", "LV")), ["compare-LT-LV-2020-en"]),
    ],
)
def test_each_volume_of_a_document_has_a_name_of_its_own(job, names):
    found = volumes(job, Annexes.SHORT)
    assert names == [each.name for each in found]
    assert {job} == {each.main for each in found}
    assert names[:1] == [each.name for each in volumes(job, Annexes.FULL)][:1]
    assert "LT 2020, data and methods (en)" == str(volumes(Job("LT", 2020, "en"), Annexes.SHORT)[-1])
