"""Tickets that can be checked without a network: serials that people read, codes that are signed."""
