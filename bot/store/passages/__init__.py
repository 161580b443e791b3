"""The index of passages, kept as the essays' files are, and what is found in it."""
