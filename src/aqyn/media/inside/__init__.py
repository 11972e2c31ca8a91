"""Code that runs in child processes only: here, and nowhere else, FFmpeg and numpy are imported."""
