"""What tests/ and exhaustive/ share is a plugin of pytest, so that each of them runs without the other."""

import os
import sys

pytest_plugins = ["tests.fixtures"]

# Compiled modules are kept, also where the environment says otherwise: each of the many processes that the tests start
# would compile the program again, and each run the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
