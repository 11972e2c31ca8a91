"""What may be done with payments: each deed one short transaction, with who did it and when handed in."""
