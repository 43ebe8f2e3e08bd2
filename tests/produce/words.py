"""The words of a finished PDF."""

from reporter.edition.job import Job

JOB = Job("LT", 2020, "en")
