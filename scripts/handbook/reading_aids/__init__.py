"""What serves a reader beside the text of a page: how long it reads, its date, how to cite it, where it is used, how to mend it."""
