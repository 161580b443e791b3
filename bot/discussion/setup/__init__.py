"""How a server is set up: by options of `/setup`, or on its page.

In come a manager's choices, as texts by their keys; out go settings that are saved, and messages
that show what is set and what would happen.
"""
