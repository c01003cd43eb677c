"""What may be expected, and how good expectations were."""
