"""Drafts that say the same in other words, as models write them: checks that reject them all would be of no use.

Written by hand to answers on the bundled documents; none leaves out a condition or adds anything.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from assistant.answer import Request
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from index.search import Index
from tests.model_server import ModelServer

DAY = date(2026, 11, 22)
#: So many of a hundred are let through at the first try; the others get one try more, then the documents' own words.
SHARE = 85


def test_most_good_drafts_are_shown(bundled: Index, model_server: ModelServer) -> None:
    lines = (Path(__file__).parent / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", None, timeout=30))
    rejected = []
    for line in map(json.loads, lines):
        day = date.fromisoformat(line["as_of"]) if "as_of" in line else DAY
        asked = len(model_server.requests)
        for _ in range(2):
            model_server.say(line["draft"])
        answer = assistant.ask(Request(line["question"], day, city=line.get("city")))
        if answer.mode != "llm" or len(model_server.requests) != asked + 1:
            rejected.append(f"{line['draft']} {[warning.text for warning in answer.warnings]}")
        model_server.replies.clear()
    assert len(rejected) <= len(lines) * (100 - SHARE) / 100, "\n".join(rejected)
