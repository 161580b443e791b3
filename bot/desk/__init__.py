"""What an author takes away. Knows no Discord."""
