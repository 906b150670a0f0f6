"""The source reader: a text set for reading, its quotes, what they support, its pages."""
