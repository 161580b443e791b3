"""From an intended publication to its thread: what is wanted, the next step, and doing it.

In: a publication, and whatever may change it. Out: messages in Discord, each intended and then
confirmed in the ledger, or a reason to wait.
"""
