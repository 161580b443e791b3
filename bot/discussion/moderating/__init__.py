"""What moderators do to responses, threads and the plan, and where that can be read.

In: a press or a command of somebody who may, and bans. Out: what is changed, one record of it for
the audit in the same transaction, and its line in the log.
"""
