"""Answers that lead with a figure: every figure of the best clauses, weighed by what the question asks, and shown.

figure → zones, tiers, contrast → choice → near_miss, subject → figure_answer
"""
