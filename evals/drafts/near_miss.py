"""What is not there: a sum asked of another city, which must be refused."""

from __future__ import annotations

import zlib

from assistant.vocabulary import places
from corpus.library import Library
from evals.drafts.sheet import Sheet

_WELL_KNOWN_CITIES = ("武汉", "长沙", "郑州", "合肥", "南昌", "成都", "西安", "济南", "杭州", "南京", "福州", "昆明")


def draft_near_miss(sheet: Sheet) -> None:
    """Ask for the first sum once more, in a city that no document here is of or names.

    It is made of a draft on the sheet whose question names the city, so it is drafted last.
    """
    line = next((line for line in sheet.sums if sheet.city and sheet.city in line["question"]), None)
    free = _cities_not_in(sheet.library) if line else []
    if line is None or not free:
        return
    other = free[zlib.crc32(sheet.instrument.id.encode()) % len(free)]
    question = line["question"].replace(sheet.city, other, 1)
    if sheet.city in question:
        return
    expect = {
        "status": ["not_found"],
        "clauses": [],
        "also": line["expect"]["clauses"],
        "say": [],
        "not_say": [said for group in line["expect"]["say"] for said in group if said not in question],
    }
    sheet.write(f"{line['id']}-{other}", question, "near_miss", expect, tags=["wrong_city"], split=line["split"])


def _cities_not_in(library: Library) -> list[str]:
    """The well-known cities that the assistant knows and the library says nothing of."""
    told = {city.removesuffix("市") for city in library.cities}
    _, known = places()
    return [
        city
        for city in _WELL_KNOWN_CITIES
        if city in known and city not in told and not any(city in d.text for d in library.documents)
    ]
