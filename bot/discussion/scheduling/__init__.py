"""When things happen: a round each minute and after each change, and what starts in it.

In: changes of the content, events about guilds and channels, moderators' decisions. Out: plans in
the store, and publications for `publishing` to go on with.
"""
