"""This project beside other retrieval stacks: the same documents, the same questions, the same machine and run.

    make peers                                      (installs the others into .venv/peers, then runs what follows)
    python -m evals.benchmarks.peers [--cases evals/cases] [--split test] [--embedding NAME]

    stack       what a peer is: documents in, a retriever out
    own, langchain, llamaindex, haystack, txtai, tantivy      the peers, each set as its users set it for Chinese
    installed   what of them is there, and how large it is
    measures    passages against the words that prove an answer, however the passages were cut
    compare     every peer over every case
    table       what is printed

No stack is given a model that another lacks: where one wants an embedding, it gets that of this project, fitted to its
own passages, or the one that ``--embedding`` names. No stack is given a language model. Drafts are left out, and so are
follow-ups, which a retriever alone cannot read.
"""
