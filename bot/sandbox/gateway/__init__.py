"""Discord's gateway, and the live stream for pages and tests.

In come sockets and the state's events; out go the frames that each session may have, with replay
for a RESUME, and each change to whoever watches.
"""
