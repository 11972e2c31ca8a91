"""What may be read of payments."""
