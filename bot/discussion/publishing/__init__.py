"""From an essay to its thread: when it starts, what is wanted, the next step, and doing it.

In: a plan's publications, and whatever may change them. Out: messages in Discord, each intended and
then confirmed in the ledger, or a reason to wait.
"""
