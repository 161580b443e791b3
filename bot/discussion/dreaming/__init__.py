"""The dream: looking back on a night, drafting for moderators, and asking what they approve.

In: a night that is over, or a decision. Out: messages in the moderators' channel and in threads.
"""
