"""From source text to the tree of clauses; the public entry is :func:`pipeline.segment.segment`."""
