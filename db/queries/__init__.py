"""Every SELECT, each a named function of a connection that gives records or arrays.

The store imports what reads details, lists and the log only when it is asked for them: the
window's first picture needs the timeline alone.
"""
