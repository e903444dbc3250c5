"""The prompts: files with named slots, ``prompts/<name>.v<version>.md``.

A file has one part a message, each under a line ``# system`` or ``# user``; a slot is a name in double braces. What is
put into a slot is never read for slots itself: the words of users and documents are no templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from corpus.errors import PolicyError

FOLDER = Path(__file__).parent.parent.parent / "prompts"

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_PART = re.compile(r"^# (system|user)\n", re.MULTILINE)

Role = Literal["system", "user"]


class PromptError(PolicyError):
    """A prompt is missing, misshapen, or was filled wrongly."""


class Message(NamedTuple):
    """One message for a language model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file has it: messages with open slots."""

    name: str
    messages: tuple[Message, ...]

    @property
    def slots(self) -> frozenset[str]:
        """The names of its slots."""
        return frozenset(slot for message in self.messages for slot in _SLOT.findall(message.content))

    def fill(self, **values: str) -> tuple[Message, ...]:
        """The messages with every slot filled; ``PromptError`` where a value is missing or no slot wants it."""
        if missing := self.slots - values.keys():
            raise PromptError(f"提示词 {self.name} 缺少 {'、'.join(sorted(missing))}。")
        if unknown := values.keys() - self.slots:
            raise PromptError(f"提示词 {self.name} 里没有 {'、'.join(sorted(unknown))} 这个空位。")
        return tuple(
            Message(message.role, _SLOT.sub(lambda slot: values[slot[1]], message.content)) for message in self.messages
        )


@lru_cache
def prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt with a name, version included (``answer.v1``); ``PromptError`` where none is, or it has no parts."""
    file = folder / f"{name}.md"
    if not file.is_file():
        known = sorted(path.stem for path in folder.glob("*.v*.md"))
        raise PromptError(f"没有名为 {name} 的提示词，现有 {'、'.join(known)}。")
    before, *parts = _PART.split(file.read_text(encoding="utf-8"))
    if before.strip() or not parts:
        raise PromptError(f"提示词 {name} 的格式不对：应分为 # system 和 # user 两部分。")
    roles: list[Role] = ["system" if role == "system" else "user" for role in parts[::2]]
    return Prompt(name, tuple(Message(role, text.strip()) for role, text in zip(roles, parts[1::2], strict=True)))
