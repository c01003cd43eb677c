"""What numbers are made with: spans of time, amounts, shares, and times to an end."""
