"""Cases that nobody has confirmed yet: drafted from the facts of a document or from a log, and how they are confirmed.

    instrument → facts → passages → questions → drafts     drafting
    log → one entry a question → drafts                    logs
    drafts + documents → cases                             confirming, caselines

From facts (``drafting`` has the order)
    passage, phrasing                      the words around a fact, and those that ask for it
    sheet                                  what all drafts of one instrument share, and where they are written
    benefits, periods, offices, validity   what is given; how long, by when; who; from when to when
    lookup, near_miss                      the clause itself; what is not there

From a log (``logs`` has the order)
    entries                                the lines of a log as questions with their marks, personal data masked
    entry_draft                            what a draft may take over, and what is left to a person

For both
    splits                                 the part of the cases, dev or test, that a draft belongs to
"""
