"""The chat page: what it shows (cards), how it is put together (page), and what stands guard before it (guard)."""
