"""The site: its configuration, its files, and finding a post in them."""
