"""``python -m assistant.vocabulary``: what is wrong with the lexicon, and how many rows each field has."""

from __future__ import annotations

import sys

from assistant.vocabulary import VocabularyError, places, synonyms
from assistant.vocabulary.check import by_field, faults


def main() -> int:
    """Check and print; the exit code is 1 where anything is wrong."""
    try:
        rows = synonyms()
    except VocabularyError as error:
        print(error, file=sys.stderr)
        return 1
    provinces, cities = places()
    found = faults(rows, provinces | cities)
    for fault in found:
        print(fault, file=sys.stderr)
    counted = by_field(rows)
    for field, (count, words) in counted.items():
        print(f"{field:<14}{count:>5} 行{words:>7} 个俗称")
    print(f"{'合计':<12}{len(rows):>5} 行{sum(words for _, words in counted.values()):>7} 个俗称")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
