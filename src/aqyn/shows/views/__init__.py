"""What the web asks of the shows."""
