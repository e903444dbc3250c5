"""Canonical text → lines → instruments → trees of provisions."""
