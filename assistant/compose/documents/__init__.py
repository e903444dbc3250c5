"""Answers about a document as a whole, an office or a person, and about a place that is named by its number."""
