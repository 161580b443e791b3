"""The tour of `afterword demo`: its steps, what people do in them, and the bot beside them."""
