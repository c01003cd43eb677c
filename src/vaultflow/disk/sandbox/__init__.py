"""Jinja for templates from anywhere: they see plain values, and can do nothing but write text."""
