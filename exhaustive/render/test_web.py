"""What tests/render/test_web.py asks of Ruritania's page, asked of Lithuania's in both languages."""

import pytest

from tests.fixtures import Profile
from tests.render.test_web import *  # noqa: F403


@pytest.fixture(params=["lithuanian_page", "lithuanian_page_translated"])
def profile(request: pytest.FixtureRequest) -> Profile:
    return request.getfixturevalue(request.param)
