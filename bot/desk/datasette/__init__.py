"""Datasette on the database: what it shows, what each column means, and what it holds back."""
