"""txtai: its hybrid index, vectors and BM25 as it comes (a Chinese character is a word), over LangChain's chunks.

Over lines, which its own segmentation makes of these documents, it finds less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from evals.benchmarks.peers.installed import load
from evals.benchmarks.peers.langchain import split
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _hybrid(corpus: Corpus) -> Retriever:
    passages = [Passage(chunk.metadata["source"], chunk.page_content) for chunk in split(corpus)]
    embedder = corpus.embedder([passage.text for passage in passages])
    asking = False

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        # It does not say whether a text is a passage or a question: once all passages are in, it is a question.
        return np.stack([embedder.encode_query(text) for text in texts]) if asking else embedder.encode_passages(texts)

    index = load("txtai").Embeddings(hybrid=True, method="external", transform=vectors)
    index.index([(i, passage.text, None) for i, passage in enumerate(passages)])
    asking = True
    return Plain(lambda words: [passages[int(i)] for i, _ in index.search(words, DEPTH)])


PEERS = (Peer("txtai: hybrid", "LangChain's 500/50", ("txtai", "langchain-text-splitters"), _hybrid),)
