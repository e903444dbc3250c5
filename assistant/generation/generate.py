"""A language model's draft: numbered clauses in, text with marks out.

    passages → cut to the token budget → prompt → model → thinking and format stripped, marks checked → Draft

Works with any OpenAI-compatible endpoint. What the model wrote is a draft: nobody sees it before it is verified. All
that is asked for one answer is one :class:`Exchange`: it has one time budget, personal data stay out of all of it, and
its tokens are counted together.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Tokens, Turn
from assistant.errors import DraftError, ModelError
from assistant.generation.endpoint import Endpoint, Reply, prepare
from assistant.generation.prompting import Message, prompt
from assistant.generation.tokens import estimate, shorten
from assistant.masking import Mask
from corpus.dates import in_words

#: What a draft says when no clause answers; the prompt asks for these words.
REFUSAL = "所给条款没有写明"

#: Token budgets for what is put into a prompt, by the estimate of :mod:`assistant.generation.tokens`.
PASSAGE_TOKENS = 6000
HISTORY_TOKENS = 1000

#: A draft of some 200 characters is asked for; what is longer than this has gone astray.
_LONGEST = 4000
_LONGEST_QUESTION = 300

_CUT = "……（此条较长，以下从略）"

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
#: Some chat templates open the thinking themselves, so that only its end is sent.
_THINKING_END = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
#: [1], 【1】, [1,2], [1-3], [条款1]; a year in brackets has four digits and is none.
_MARKS = re.compile(r"[ \t]*[\[【［]\s*(?:条款\s*)?(\d{1,2}(?:\s*[,，、;；\-–—~～]\s*\d{1,2})*)\s*[\]】］]")
_FORMAT = (
    (re.compile(r"^[ \t]*(?:```|~~~).*$\n?", re.MULTILINE), ""),  # code fences
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # images
    (re.compile(r"(\[[^\]]*\])\(https?:[^)]*\)"), r"\1"),  # links
    (re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE), ""),  # headings
    (re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE), ""),  # quotations
    (re.compile(r"^[ \t]*[-*+•][ \t]+", re.MULTILINE), ""),  # lists
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$\n?", re.MULTILINE), ""),  # rules
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL), r"\2"),  # bold
    (re.compile(r"(?<![a-zA-Z0-9*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![a-zA-Z0-9*])"), r"\1"),  # italics
    (re.compile(r"`+"), ""),  # code
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),  # HTML
)
#: What would close or open a part of the prompt, and characters that hide words from a reader.
_FENCE = re.compile(r"<(?=\s*/?\s*(?:条款|此前的对话|最后的问题|问题|草稿|核对意见))")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_BLANK = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause for the model: its mark, a line that says what and of when it is, and its words."""

    mark: int
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model wrote, without format: ``marks`` in the order of the text, all of them marks of passages."""

    text: str
    marks: tuple[int, ...]
    refused: bool


class ChatModel:
    """A language model behind an OpenAI-compatible endpoint.

    ``timeout`` is in seconds and for the whole reply, however slowly it drips in. Every failure is a ``ModelError``
    with a Chinese sentence that never holds the key.
    """

    def __init__(
        self, base_url: str, model: str, api_key: str | None, timeout: float, passage_tokens: int = PASSAGE_TOKENS
    ) -> None:
        self.model = model
        self.endpoint = Endpoint(base_url, model, api_key)
        self.timeout = timeout
        self.passage_tokens = passage_tokens

    def exchange(self) -> Exchange:
        """What is asked for one answer; its time begins with the first request."""
        return Exchange(self)

    def draft(self, question: str, passages: Sequence[Passage], on: date, history: Sequence[Turn] = ()) -> Draft:
        """An answer to a question from numbered passages, on a day: an exchange of its own."""
        return self.exchange().draft(question, passages, on, history)

    def condense(self, question: str, history: Sequence[Turn]) -> str:
        """A question that stands alone, for one that leans on what was said before: an exchange of its own."""
        return self.exchange().condense(question, history)


class Exchange:
    """All that a model is asked for one answer.

    The model's time-out is for all of it together. Telephone, identity and card numbers, addresses and names go out as
    a word in brackets, and come back where the reply repeats that word.
    """

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self._ends: float | None = None
        self._mask = Mask()
        self._prompt = self._completion = 0

    @property
    def tokens(self) -> Tokens | None:
        """What was sent and written so far; None where nothing was."""
        return Tokens(self._prompt, self._completion) if self._prompt else None

    def draft(self, question: str, passages: Sequence[Passage], on: date, history: Sequence[Turn] = ()) -> Draft:
        """An answer to a question from numbered passages, on a day."""
        shown = fit(passages, self.model.passage_tokens)
        hidden = [Turn(turn.role, self._mask.hide(turn.content)) for turn in history]
        return self._draft(_answer_messages(self._mask.hide(question), shown, on, hidden), shown)

    def repair(
        self, question: str, passages: Sequence[Passage], on: date, draft: str, findings: Sequence[str]
    ) -> Draft:
        """The answer once more, given a draft that did not hold and what was found in it."""
        shown = fit(passages, self.model.passage_tokens)
        masked_draft = self._mask.hide(draft)
        told = [self._mask.hide(finding) for finding in findings]
        messages = prompt("repair.v1").fill(
            day=in_words(on),
            passages="\n\n".join(_as_block(passage) for passage in shown),
            question=_as_data(self._mask.hide(question)),
            refusal=f"{REFUSAL}。",
            draft=_as_data(masked_draft),
            findings="\n".join(_as_data(hidden) for hidden in told if not self._mask.touches(hidden)),
        )
        return self._draft(messages, shown)

    def condense(self, question: str, history: Sequence[Turn]) -> str:
        """A question that stands alone, for one that leans on what was said before."""
        if not history:
            return question
        said = _as_lines([Turn(turn.role, self._mask.hide(turn.content)) for turn in history])
        asked = self._mask.hide(question)
        messages = prompt("condense.v1").fill(history=said, question=_as_data(asked))
        text = _plain(_without_thinking(self._reply(messages))).strip().strip("“”\"'「」")
        if not text or "\n" in text or len(text) > _LONGEST_QUESTION:
            raise ModelError("语言模型没有把问题改写成一句话。")
        # A figure in the question would count as given by the asker.
        if not set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", asked + said)):
            raise ModelError("语言模型改写问题时添加了没有说过的数字。")
        return self._mask.show(text)

    def _draft(self, messages: Sequence[Message], shown: Sequence[Passage]) -> Draft:
        draft = read_draft(self._reply(messages), {passage.mark for passage in shown})
        return replace(draft, text=self._mask.show(draft.text))

    def _reply(self, messages: Sequence[Message]) -> str:
        if self._ends is None:
            prepare()
            self._ends = time.monotonic() + self.model.timeout
        left = self._ends - time.monotonic()
        if left <= 0:
            raise ModelError("语言模型没有在规定时间内答完。")
        sent = sum(estimate(message.content) for message in messages)
        reply = Reply()
        try:
            self.model.endpoint.ask(messages, left, reply)
        finally:
            # What an endpoint has written before it broke off is counted too.
            self._prompt += reply.prompt_tokens or sent
            self._completion += reply.completion_tokens or estimate(reply.text)
        return _whole(reply)


def _whole(reply: Reply) -> str:
    """The text of a reply that was neither cut off nor held back."""
    if reply.finish == "length":
        raise ModelError("语言模型的答复超过长度上限，被截断了。")
    if reply.finish == "content_filter":
        raise ModelError("语言模型的内容过滤拦下了答复。")
    return reply.text


def fit(passages: Sequence[Passage], budget: int) -> tuple[Passage, ...]:
    """The first passages that fit into a number of tokens, whole; a first that is too long alone is cut and says so."""
    kept: list[Passage] = []
    left = budget
    for passage in passages:
        needed = estimate(_as_block(passage))
        if needed > left:
            break
        kept.append(passage)
        left -= needed
    if not kept and passages:
        first = passages[0]
        room = budget - estimate(_as_block(replace(first, text=_CUT)))
        kept.append(replace(first, text=shorten(first.text, max(room, 0)) + _CUT))
    return tuple(kept)


def read_draft(reply: str, known: Collection[int]) -> Draft:
    """The draft in a model's reply; ``ModelError`` where it is empty, endless, or neither cites nor refuses."""
    text = _plain(_without_thinking(reply)).strip()
    if not text:
        raise DraftError("语言模型没有给出内容。")
    if len(text) > _LONGEST:
        raise DraftError("语言模型的答复太长，没有采用。")
    marks: dict[int, None] = {}

    def keep(match: re.Match[str]) -> str:
        named = [mark for mark in _numbers(match[1]) if mark in known]
        marks.update(dict.fromkeys(named))
        blank = " " if named and match[0][0] in " \t" else ""
        return blank + "".join(f"[{mark}]" for mark in named)

    text = _MARKS.sub(keep, text)
    refused = text.startswith(REFUSAL) or (not marks and REFUSAL in text)
    if not marks and not refused:
        raise DraftError("语言模型的答复没有指出依据哪一条，没有采用。", text)
    return Draft(text, tuple(marks), refused)


def _numbers(marks: str) -> Iterator[int]:
    """1,3 → 1 3; 2-4 → 2 3 4."""
    for part in re.split(r"\s*[,，、;；]\s*", marks):
        first, *last = (int(number) for number in re.findall(r"\d+", part))
        yield from range(first, (last[-1] if last else first) + 1)


def _answer_messages(
    question: str, passages: Sequence[Passage], on: date, history: Sequence[Turn]
) -> tuple[Message, ...]:
    return prompt("answer.v1").fill(
        day=in_words(on),
        passages="\n\n".join(_as_block(passage) for passage in passages),
        history=_as_lines(history) or "（无）",
        question=_as_data(question),
        refusal=f"{REFUSAL}。",
    )


def _as_block(passage: Passage) -> str:
    return f'<条款 编号="{passage.mark}">\n{_as_data(passage.header)}\n{_as_data(passage.text)}\n</条款>'


def _as_lines(history: Sequence[Turn]) -> str:
    """The last turns that fit into the budget, oldest first."""
    lines: list[str] = []
    left = HISTORY_TOKENS
    for turn in reversed(history):
        line = f"{'问' if turn.role == 'user' else '答'}：{_as_data(' '.join(turn.content.split()))}"
        left -= estimate(line)
        if left < 0:
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def _as_data(text: str) -> str:
    """``text`` that can neither close its part of the prompt nor hide words from whoever reads the prompt."""
    return _FENCE.sub("＜", _HIDDEN.sub("", text))


def _without_thinking(reply: str) -> str:
    return _THINKING_END.sub("", _THINKING.sub("", reply))


def _plain(text: str) -> str:
    """``text`` without Markdown, HTML and hidden characters."""
    text = _HIDDEN.sub("", text)
    for pattern, replacement in _FORMAT:
        text = pattern.sub(replacement, text)
    lines = [_BLANK.sub(" ", line).strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line)
