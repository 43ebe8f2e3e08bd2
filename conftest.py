"""What tests/ and exhaustive/ share is a plugin of pytest, so that each of them runs without the other."""

pytest_plugins = ["tests.fixtures"]
