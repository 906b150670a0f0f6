"""Alliance Timeline: everything that a person sees, and the command line."""
