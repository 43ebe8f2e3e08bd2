"""Write into files kept by hand, touching only what changes. YAML is written by the places of its nodes, never dumped;
narratives by their lines. Every change is proven before it is written, kept in a journal, and can be taken back."""
