"""Makes clauses findable: embeddings and a lexical index on disk, ranked hits out."""
