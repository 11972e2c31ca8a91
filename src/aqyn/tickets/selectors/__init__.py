"""What may be read of a sale."""
