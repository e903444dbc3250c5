"""Vectors from a real HTTP server that speaks the OpenAI embeddings interface."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.library import Library
from index.build import build_index, open_index
from index.endpoint_model import BATCH, EndpointModel
from index.errors import EmbeddingError


def _vector(text: str) -> list[float]:
    """Two numbers: how much of a text is 批发, and the rest."""
    return [3.0 * text.count("批发"), 4.0]


@dataclass
class EmbeddingServer:
    """What was asked, and what is answered instead of vectors: a status with a body."""

    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    instead: tuple[int, str] | None = None
    released: threading.Event = field(default_factory=threading.Event)
    hangs: bool = False


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    told = EmbeddingServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.requests.append(asked)
            told.keys.append(self.headers["Authorization"])
            if told.hangs:
                told.released.wait(30)
            status, body = told.instead or (200, "")
            if not told.instead:
                data = [
                    {"object": "embedding", "index": n, "embedding": _vector(t)} for n, t in enumerate(asked["input"])
                ]
                body = json.dumps({"object": "list", "data": data, "model": asked["model"]})
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    told.base_url = f"http://127.0.0.1:{http.server_port}/v1"
    yield told
    told.released.set()
    http.shutdown()
    http.server_close()


def test_an_index_is_built_and_searched_with_it(library: Library, tmp_path: Path, server: EmbeddingServer) -> None:
    setting = f"{server.base_url}#bge-m3"
    index = build_index(library, tmp_path / "index", setting, key="secret-key")
    assert (index.embedding, index.manifest.embedding.dim) == (setting, 2)
    assert index.search("批发企业奖励多少")[0].dense is not None
    assert {request["model"] for request in server.requests} == {"bge-m3"}
    assert set(server.keys) == {"Bearer secret-key"}
    assert "secret-key" not in "".join(
        path.read_text(errors="ignore") for path in index.folder.rglob("*.json*") if path.is_file()
    )


def test_vectors_have_length_one_and_texts_go_in_batches(server: EmbeddingServer) -> None:
    model = EndpointModel(f"{server.base_url}#m")
    vectors = model.encode_passages(["批发", *["零售"] * BATCH])
    assert vectors.shape == (BATCH + 1, 2)
    assert np.allclose(vectors[0], [0.6, 0.8])
    assert [len(request["input"]) for request in server.requests] == [BATCH, 1]
    assert np.allclose(model.encode_query("批发"), [0.6, 0.8])
    assert model.dim == 2


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ((401, '{"error": "no key"}'), "HTTP 401"),
        ((200, "<html>"), "不是向量"),
        ((200, '{"data": []}'), "不是向量"),
        ((200, '{"data": [{"embedding": ["a"], "index": 0, "object": "embedding"}]}'), "不是向量"),
    ],
)
def test_what_is_no_vector_is_said(instead: tuple[int, str], said: str, server: EmbeddingServer) -> None:
    server.instead = instead
    with pytest.raises(EmbeddingError, match=said):
        EndpointModel(f"{server.base_url}#m").encode_query("批发")


def test_without_an_answer_the_words_are_searched_for_alone(
    corpus: Path, server: EmbeddingServer, told: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index(corpus, None, f"{server.base_url}#m", told)
    monkeypatch.setattr("index.endpoint_model.QUERY_SECONDS", 0.2)
    server.hangs = True
    hit = index.search("批发企业奖励多少")[0]
    assert (hit.clause_id, hit.dense) == ("北政办发-2023-25~h1_2", None)
    assert "没有回音" in index.problem


def test_an_address_that_nobody_listens_at_leaves_the_lexical_index(corpus: Path, told: list[str]) -> None:
    index = open_index(corpus, None, "http://127.0.0.1:9/v1#m", told)
    assert "连不上" in index.problem
    assert index.search("批发企业奖励多少")[0].clause_id == "北政办发-2023-25~h1_2"
