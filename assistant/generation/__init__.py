"""With a language model: a follow-up condensed, an answer rephrased, and both held against what is known without it.

prompting → generate (endpoint, wire, tokens) → condensed │ rephrase (grounded, kept, contrary)
"""
