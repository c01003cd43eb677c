"""Answers on pages: found, planned, and put into the leads."""
