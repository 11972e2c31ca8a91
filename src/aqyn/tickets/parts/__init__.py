"""What the sale puts into the slots of lower pages."""
