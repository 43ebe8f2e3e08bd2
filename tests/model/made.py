"""A small dataset of three editions, and what each of them knows."""

REVISION = "revisions: [{figure: investigations.opened, year: 2018, was: 7, now: 8, reason: {en: One found.}}]\n"
