"""The room that answers: question in, verified and cited answer out; its pages, API and command line."""

__version__ = "0.1.0"
