"""Documents in the window: brought in, read, and their quotes."""
