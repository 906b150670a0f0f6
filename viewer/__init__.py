"""Alliance Timeline: everything that a person sees, and the command line."""

__version__ = "0.1.0"
