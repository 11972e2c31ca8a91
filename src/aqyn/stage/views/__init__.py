"""What the web asks of the stage."""
