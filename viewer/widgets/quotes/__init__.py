"""Making quotes: the form of one, what it belongs to, and its citation."""
