"""Pages of one's own account, and the guard before the desk."""
