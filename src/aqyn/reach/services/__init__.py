"""What may be done with letters to many."""
