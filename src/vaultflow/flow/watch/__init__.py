"""The watcher: hears of changes, and brings the pages up to date round by round."""
