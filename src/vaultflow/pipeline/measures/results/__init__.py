"""What came of deals: won and lost, by whom, from where, how large, how soon."""
