"""What the practice of selling asks of a lead: pure functions over what the lead says."""
