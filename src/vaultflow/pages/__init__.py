"""What each page shows, as plain records for its template; blocks and ticks. Pure."""
