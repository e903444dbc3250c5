"""How much of what a question is about stands in some words: term by term, each with its rarity.

A lay word counts as found where the words hold one of its official ones (餐馆 → 餐饮).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from assistant.vocabulary import lexicon
from corpus.folding import fold
from index.search import Also
from index.terms import content, terms

if TYPE_CHECKING:
    from index.search import Index


#: What a term counts that the title of the document already says, wherever else it stands.
TITLED = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the question speaks of: its pairs of characters, or any of its official words.

    ``known`` is False for a stretch that no clause holds: something the corpus does not speak of, or mere wording.
    """

    pairs: tuple[str, ...]
    official: tuple[str, ...]
    weight: float
    known: bool = True

    def found_in(self, words: str) -> float:
        """The share, 0 to 1, of this term that stands in ``words``."""
        if any(official in words for official in self.official):
            return 1.0
        if not self.pairs:
            return 0.0
        standing = term_set(words)
        return sum(pair in standing for pair in self.pairs) / len(self.pairs)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, as weighted terms.

    ``words`` is what is searched for, ``also`` the words that it is searched for in beside these, which count less.
    """

    terms: tuple[Term, ...]
    words: str
    also: tuple[Also, ...] = ()

    @property
    def query(self) -> str:
        """All that is searched for."""
        return " ".join(dict.fromkeys((self.words, *(more.words for more in self.also)))).strip()

    @property
    def total(self) -> float:
        """The weight of all terms; at least a little, so that shares can be taken."""
        return sum(term.weight for term in self.terms) or 1e-9

    def coverage(self, *words: str) -> float:
        """The share, 0 to 1, of the topic that stands in any of the texts."""
        joined = "\n".join(words)
        return sum(term.weight * term.found_in(joined) for term in self.terms) / self.total

    def best(self, zones: Iterable[tuple[float, str]], title: str = "") -> float:
        """The topic's terms, each in the zone that counts most for it, as a share of the topic.

        A term that stands in the title has chosen the document: it does not choose a second time among its clauses.
        """
        weighed = [(weight, words) for weight, words in zones if words]
        total = 0.0
        for term in self.terms:
            titled = term.found_in(title) if title else 0.0
            found = max((weight * term.found_in(words) for weight, words in weighed), default=0.0)
            total += term.weight * (found if titled < 1.0 else TITLED)
        return total / self.total


#: What a question is about that names a clause and asks nothing else of it.
NO_TOPIC = Topic((), "")


@lru_cache(maxsize=16384)
def term_set(words: str) -> frozenset[str]:
    """The terms of some words: characters, numbers, Latin words and pairs of neighbours."""
    return frozenset(terms(words))


#: What a stretch of two characters that no clause holds counts, beside the rarest term there is. A question's own
#: words between its terms (把…要交) are such stretches as well as things the corpus has nothing of (生育津贴).
_UNKNOWN = 0.6
#: A longer such stretch counts no more: it is said in a roundabout way, not of more things.
_STRETCH = 2
#: What the search counts an official word for a lay word of the question: less than the question's own words, which
#: the document may use as well, and least where its clauses write the lay word (缓缴 beside 分期缴纳). Measured on
#: notices that are not bundled and on the development questions: at full weight the right document came first for
#: .86 of the former, so for .94.
_KNOWN_LAY, _UNKNOWN_LAY = 0.25, 0.5
#: The same for what documents say where a question asks so (是指 for a definition).
_SAID = 0.5
#: What a lay word counts, beside the rarest of the official words that it stands for.
_LAY = 1.2


#: Units that are asked in, 几个月, 多少家, 一年: no subject.
_ASKED_UNIT = re.compile(
    r"(?:多少|几)(?:个工作日|工作日|个月|个|天|年|家|户|人|台|次|项|万|元|块|钱)*|(?:一|1)(?:家|个|名|户|台|条|位|间)(?!月)|(?:一|1|每)(?:年|个?月|次|人|家|户|天)(?=[^\u4e00-\u9fff]|[补奖给领拿能最要按多有贷])"
)


def topic_of(text: str, index: Index, said: str = "", background: str = "") -> Topic:
    """The topic of a question, question words and politeness taken out; ``said`` is searched for as well.

    A pair of characters that straddles two words of the question is in no clause: such pairs are left out, and what no
    known pair covers counts by its length. What is known of the ``background`` of a follow-up counts less, and so do
    words of its own that no clause holds: short as it is, it has more of mere wording.
    """
    own = _topic_of(text, index, said)
    if not background:
        return own
    before = _topic_of(background, index, "")
    pairs = {pair for term in own.terms for pair in term.pairs}
    added = (replace(term, weight=_BACKGROUND * term.weight) for term in before.terms if term.known)
    said_now = (term if term.known else replace(term, weight=_BACKGROUND * term.weight) for term in own.terms)
    terms_ = (*said_now, *(term for term in added if not pairs.issuperset(term.pairs)))
    return Topic(terms_, f"{own.words} {before.words}", (*own.also, *before.also))


#: What a term of a follow-up counts that only the question before it has, or that no clause holds.
_BACKGROUND = 0.5


def _topic_of(text: str, index: Index, said: str) -> Topic:
    folded = fold(text)
    rows = _lay_words(folded, index)
    found = []
    rest = list(folded)
    for lay, official in rows:
        pairs = tuple(pair for pair in terms(lay) if len(pair) > 1)
        found.append(Term(pairs, official, _LAY * max(index.weight(word) for word in official)))
        for place in re.finditer(re.escape(lay), folded, re.IGNORECASE):
            rest[place.start() : place.end()] = "|" * len(lay)
    for run in re.split(r"[|\s“”‘’《》]+", _ASKED_UNIT.sub("|", content("".join(rest)))):
        found += _known_terms(run, index)
    also = [
        Also(word, _KNOWN_LAY if _written(lay, index) else _UNKNOWN_LAY) for lay, official in rows for word in official
    ]
    if said:
        also.append(Also(said, _SAID))
    return Topic(tuple(dict.fromkeys(found)), text, tuple(dict.fromkeys(also)))


def _lay_words(folded: str, index: Index) -> list[tuple[str, tuple[str, ...]]]:
    """The lay words in a question, each with those of its official words that the clauses write.

    A lay word of which they write none is a word like any other: these documents do not speak of it.
    """
    rows = [(lay, tuple(w for w in row.official if _written(w, index))) for lay, row in lexicon().found_in(folded)]
    return [(lay, official) for lay, official in rows if official]


def _written(word: str, index: Index) -> bool:
    return all(index.knows(term) for term in terms(word))


def _straddles(weights: Sequence[float], i: int) -> bool:
    """Whether a known pair is the seam of two words (质升 in 资质升级): rarer than the pairs on both its sides."""
    if not 0 < i < len(weights) - 1:
        return False
    before, after = weights[i - 1], weights[i + 1]
    return before > 0 and after > 0 and weights[i] > max(before, after) + _SEAM


#: Characters of grammar and of talk: pronouns, demonstratives, particles, adverbs, prepositions, modal and directional
#: verbs, verbs of saying and doing (the closed classes of 吕叔湘《现代汉语八百词》, by character). They carry a
#: question and are not what it is about.
_TALK = frozenset(
    "我你您他她它咱俺们自己谁某这那此其哪每各几么什啥怎咋何多少"
    "的地得了着过吗呢吧啊呀嘛哦啦呗嘞"
    "不没都也就才还又再更最很太挺只仅刚已正先总直究竟实反好像差共"
    "在于从由向往到跟和与同及或把被将让给对按照比除因为所以但却而且如果要是若虽"
    "能会可应该肯敢想愿需"
    "来去起出进回上下里中内外间面边头后前"
    "有做作干弄搞拿说讲写问看听找用算叫当成知道觉认喊摆放报"
    "一个些点儿样件份笔块段事"
    "今天现时候"
    "请谢帮劳"
)
_RARE = 4.0
#: What such a pair counts.
_TOLD = 0.5
#: So much rarer than its neighbours is a pair that only happens to stand somewhere.
_SEAM = 0.5


def _known_terms(run: str, index: Index) -> Iterator[Term]:
    units = [term for term in terms(run) if len(term) == 1 or (term.isascii() and term.isalnum())]
    pairs = [(left, right) for left, right in pairwise(units)]
    covered = [False] * len(units)
    weights = [index.weight(left + right) if index.knows(left + right) else 0.0 for left, right in pairs]
    for i, weight in enumerate(weights):
        if weight and not _straddles(weights, i):
            covered[i] = covered[i + 1] = True
            talk = sum(unit in _TALK for unit in pairs[i])
            told = talk == 2 or (talk == 1 and weight > _RARE)
            yield Term((pairs[i][0] + pairs[i][1],), (), min(weight, _TOLD) if told else weight)
    for i, unit in enumerate(units):
        if len(unit) > 1 and not covered[i]:
            covered[i] = True
            yield Term((unit,), (), index.weight(unit))
    for _, stretch in groupby(range(len(units)), key=lambda i: covered[i]):
        places = list(stretch)
        if not covered[places[0]] and len(places) > 1:
            words = "".join(units[i] for i in places)
            length = sum(unit not in _TALK for unit in words)
            if length > 1:
                yield Term((f"{words}\0",), (), _UNKNOWN * index.rarest * min(length / 2, _STRETCH), known=False)
