"""HTML trees, their text and offsets into it: shared ground that knows nothing of pages or articles."""
