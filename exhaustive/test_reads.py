"""No command reads a source file twice, whatever its processes do."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests import small
from tests.fixtures import ROOT

FONT = "SourceSans3-Light.ttf"
SOURCES = ("reporter.yaml", "data/", "templates/", "themes/", "translations/")
PARTS = "[html, xlsx, csv, letter]"
OFFICE = f"{{channel: folder, folder: out, language: en, gets: {PARTS}, audience: public, name: {{en: O}}}}"
SETTINGS = f"title: {{en: Small}}\nlanguages: [en]\ntheme: own\nrecipients:\n  office: {OFFICE}\n"
# In the order of a year's work; what a later one needs, an earlier one makes.
COMMANDS = {
    "check": ("check", "XX"),
    "schema": ("admin", "schema", "year"),
    "build in several processes": ("build", "XX", "--all-years", "--format", "html", "-j", "2"),
    "build": ("build", "XX", "2020", "--format", "pdf,html,xlsx"),
    "build what has not changed": ("build", "XX", "2020", "--format", "html,xlsx"),
    "compare": ("compare", "XX", "2019", "2020", "--format", "html"),
    "publish": ("publish", "XX", "2020", "--by", "R. P."),
    "build what is published": ("build", "XX", "2020", "--format", "html,xlsx"),
    "publish a corrigendum": ("publish", "XX", "2020", "--by", "R. P.", "--corrigendum", "en=A total was wrong."),
    "publish what is published": ("publish", "XX", "2020"),
    "status": ("status", "XX"),
    "rebuild an earlier number": ("rebuild", "XX", "2020", "--number", "0", "--verify"),
    "explain": ("explain", "XX", "2020", "victims.identified"),
    "export": ("export", "XX", "2020", "--format", "csv,json,xlsx"),
    "package": ("package", "XX", "2020", "--to", "office"),
    "send": ("send", "build/XX/2020/package/XX-2020-office.zip", "--to", "office"),
}


def reads(root: Path, log: Path, *words: str) -> Counter[str]:
    """How often each source file was opened by a command and the processes that it started."""
    log.unlink(missing_ok=True)
    paths = os.pathsep.join((str(ROOT / "exhaustive" / "audit"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "AUDIT_ROOT": str(root), "AUDIT_LOG": str(log)}
    command = [sys.executable, "-m", "reporter", *words, "-w", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=root)
    assert (0, "") == (done.returncode, done.stderr if done.returncode else ""), words
    listed = log.read_text().splitlines() if log.exists() else []
    return Counter(path for path in listed if path.startswith(SOURCES))


def prepare(root: Path) -> None:
    """A workspace with a theme, a font, a template and messages of its own."""
    small.write(root, {**small.FINAL, "reporter.yaml": SETTINGS})
    theme = shutil.copytree(ROOT / "assets" / "themes" / "eu-blue", root / "themes" / "own") / "theme.toml"
    theme.write_text(theme.read_text(encoding="utf-8").replace(FONT, "Own.ttf"), encoding="utf-8")
    shutil.copyfile(ROOT / "assets" / "fonts" / FONT, theme.with_name("Own.ttf"))
    for folder in ("templates", "translations"):
        (root / folder).mkdir()
    shutil.copyfile(ROOT / "templates" / "imprint.html", root / "templates" / "imprint.html")
    (root / "translations" / "en.po").write_text('msgid "Contents"\nmsgstr "What is inside"\n', encoding="utf-8")


def test_every_source_file_is_opened_at_most_once_by_a_command(tmp_path: Path) -> None:
    root = tmp_path / "work"
    prepare(root)
    (root / "out").mkdir()
    counted = {}
    for name, words in COMMANDS.items():
        if name == "publish a corrigendum":
            year = root / small.YEAR
            year.write_text(year.read_text().replace("total: 80", "total: 79").replace("women: 60", "women: 59"))
        counted[name] = reads(root, tmp_path / "log", *words)
    assert {} == {(name, path): times for name, count in counted.items() for path, times in count.items() if times > 1}
    # What was listened to was heard: the files of the year, of what was published before, and the workspace's own.
    heard = set().union(*counted.values())
    assert {small.YEAR, f"data/XX/editions/2020/0/{small.YEAR}", "data/XX/editions/2020-1.yaml"} <= heard
    assert {"themes/own/Own.ttf", "templates/imprint.html", "translations/en.po", "reporter.yaml"} <= heard
    assert all(counted[name][small.YEAR] == 1 for name in ("check", "build", "publish", "package", "explain"))
