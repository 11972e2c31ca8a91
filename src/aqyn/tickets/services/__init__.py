"""What may be done with a sale: each deed one short transaction, with who did it and when handed in."""
