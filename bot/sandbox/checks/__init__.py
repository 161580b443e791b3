"""Whether a request's body is one that Discord would take, and if not, its 50035."""
