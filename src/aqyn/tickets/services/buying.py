"""Holding and ordering places."""
