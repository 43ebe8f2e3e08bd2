"""Edit files kept by hand, touching only what changes: YAML by the positions of its nodes, never dumped; narratives by
lines. Every change is checked before it is written, recorded in a journal, and can be undone."""
