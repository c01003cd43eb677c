"""Leads, stages, touches, staleness. Pure; on top of `vault`."""
