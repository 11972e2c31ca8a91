"""The timed-lyrics model: words with languages, layers, times that all layers share, and file formats."""
