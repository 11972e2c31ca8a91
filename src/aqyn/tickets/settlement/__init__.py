"""The morning after on paper and as a table."""
