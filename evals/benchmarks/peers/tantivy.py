"""tantivy, a search engine of Lucene's kind: BM25 on pairs of characters, over LangChain's chunks."""

from __future__ import annotations

from evals.benchmarks.peers.installed import load
from evals.benchmarks.peers.langchain import split
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever


def _bm25(corpus: Corpus) -> Retriever:
    tantivy = load("tantivy")
    passages = [Passage(chunk.metadata["source"], chunk.page_content) for chunk in split(corpus)]
    pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2)).filter(tantivy.Filter.lowercase()).build()
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="pairs")
        .add_integer_field("passage", stored=True)
        .build()
    )
    index = tantivy.Index(schema)
    index.register_tokenizer("pairs", pairs)
    writer = index.writer(num_threads=1)
    for i, passage in enumerate(passages):
        writer.add_document(tantivy.Document(text=passage.text, passage=i))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(words: str) -> list[Passage]:
        # Its query parser would take a question without blanks for one phrase.
        terms = [tantivy.Query.term_query(schema, "text", pair) for pair in pairs.analyze(words)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [passages[searcher.doc(place)["passage"][0]] for _, place in searcher.search(query, DEPTH).hits]

    return Plain(find)


PEERS = (Peer("tantivy: BM25 on pairs", "LangChain's 500/50", ("tantivy", "langchain-text-splitters"), _bm25),)
