"""What the crew types about a sale, turned into facts."""
