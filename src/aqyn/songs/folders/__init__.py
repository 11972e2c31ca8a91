"""A song as a folder: `song.toml`, times, sound. What it may hold: docs/formats.md."""
