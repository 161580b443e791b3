"""Afterword: essays end on questions; this bot asks them in Discord and keeps the answers."""
