"""What the window is put together from: fields, boxes, buttons, tables, messages, long work."""
