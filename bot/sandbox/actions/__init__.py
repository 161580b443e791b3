"""What members do, the bot among them.

In come the state, who acts and what they want; each action asks for permission, changes the state
and emits an event. Out comes the model that changed, or a ``DiscordError``.
"""
