"""What the author's desk reads of many tables at once."""
