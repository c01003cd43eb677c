"""From notes to leads: which notes are leads, and what their fields and logs say."""
