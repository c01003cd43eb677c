"""Following up: who waits for a word, who is due, and where the effort goes."""
