"""Asks the assistant questions with known answers, scores and reports."""
