"""What tests/render/test_web.py asks of Ruritania's page, asked of Lithuania's in both languages, and more widely."""

import pytest

from tests.chromium import faults_of_html
from tests.fixtures import Profile
from tests.render.test_web import *  # noqa: F403
from tests.render.test_web import test_tab_reaches_everything_in_order_and_shows_where_it_is as tab


@pytest.fixture(scope="module", params=["lithuanian_page", "lithuanian_page_translated"])
def profile(request: pytest.FixtureRequest) -> Profile:
    return request.getfixturevalue(request.param)


def test_the_nu_html_checker_finds_nothing(profile):
    assert [] == faults_of_html(profile.page)


def test_on_a_wide_screen_too_tab_reaches_everything(look):
    tab(look, 1280)
