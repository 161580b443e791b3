"""What the small Discord knows.

In comes nothing but values; out go the models, their ids, times and permissions, the refusals in
Discord's words, and the events that a change emits. Everything else here reads or changes it.
"""
