"""SQLite for a house: within the process, whoever writes waits in one line."""
