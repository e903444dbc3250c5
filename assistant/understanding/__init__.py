"""A typed question → what it asks: English and speech read, follow-ups completed, parts and sides told apart.

english → followup → question (asked, in_force, since) → parts, sides, dispute
"""
