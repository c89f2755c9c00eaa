"""The preview: the site as it would be built from what is saved, each page made when a browser asks for it."""
