"""The cache: what the notes of a vault say, so that only what has changed is read again."""
