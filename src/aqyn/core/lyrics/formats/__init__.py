"""Files that hold timed lyrics: one module each with `read(text) -> Sheet` and `write(sheet) -> str`."""
