"""The handbook as a book: one clean tree per language from the built site, and its readers (PDF, EPUB, folder, fact sheets)."""
