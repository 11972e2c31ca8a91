"""Pages of signing in, of the crew, of oneself and of the artists."""
