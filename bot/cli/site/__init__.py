"""`afterword export --site`: where a site keeps things, what is written there, and its build."""
