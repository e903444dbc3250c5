"""Measures speed and memory; each module is a command of its own."""
