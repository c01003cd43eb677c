"""Pages of numbers: what the past says, and what may be expected. Off until turned on."""
