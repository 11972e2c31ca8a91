"""The songbook: any set of songs as a printed book. `setting` runs in a child process and knows no Django."""
