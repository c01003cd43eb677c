"""The body of a note: links, tags, headings, items, tasks; and text made safe for a page."""
