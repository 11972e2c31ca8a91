"""Tickets as pictures: the code, the page that is printed."""
