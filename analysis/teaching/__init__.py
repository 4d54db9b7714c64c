"""Teaching: a coach for the exercises, and invented news."""
