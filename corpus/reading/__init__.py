"""A file as collected → decoded text → canonical text, every change listed."""
