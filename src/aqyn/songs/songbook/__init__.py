"""The songbook: any set of songs as a printed book."""
