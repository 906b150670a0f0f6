"""Alliance Timeline: the file, its records and their rules. Knows neither Qt nor the viewer."""
