"""Proof: quotes held against their sources, proposals judged, and what is still to be done."""
