"""Reading documents: from the bytes of a file to the text that quotes are anchored in.

`worker.read` is the way in: it runs the reader of a kind in a process of its own, with limits on
time, memory and size, and kills it where it does not keep them. The readers themselves (`plain`,
`markdown`, `html`, `pdf`, `docx`, `hwpx`) are never called in the window's process.
"""
