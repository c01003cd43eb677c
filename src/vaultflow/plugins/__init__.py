"""What a plugin is; our own pages and rules come in through the same door."""
