"""What a text twice as long costs to read, to show and to split."""
