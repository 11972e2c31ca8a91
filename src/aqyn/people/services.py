"""What people do: sign in, invite, leave, and keep the artists' pages."""
