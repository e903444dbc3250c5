"""Answers in the sentences of a clause: which of them, how much around it, yes or no, lists, and rules of having both.

sentences (aims, named) → polarity (asking, case, limits), listing, benefit_list, stacking, precedence
→ sentence_answer
"""
