"""Check that a finished PDF meets its standards. Only this room uses Java; it needs the extra `verify`."""

from reporter.formats.validate.checkers import inspect, judge, prove
from reporter.formats.validate.structure import Judgement, UnreadableError
from reporter.formats.validate.vera import PROFILES, validate
