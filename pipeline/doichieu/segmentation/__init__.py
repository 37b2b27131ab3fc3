"""From source text to the tree of clauses; the public entry is :func:`doichieu.segmentation.segment.segment`."""
