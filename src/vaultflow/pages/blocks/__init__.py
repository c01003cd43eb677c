"""The blocks of a page that are VaultFlow's: markers, items, and what is carried over."""
