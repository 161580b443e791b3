"""The dream: which texts from different essays speak to each other."""
