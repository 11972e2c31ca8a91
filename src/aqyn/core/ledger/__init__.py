"""Money: amounts, the references that payers write, and the book that every movement is added to."""
