"""Reads the signs that generators and note apps add to Markdown, each dialect in a module."""
