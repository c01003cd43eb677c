"""The pages of the practice: each on one question that a salesperson asks, off until turned on."""
