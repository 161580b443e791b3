"""What Discord would not take of a request's body.

In comes a JSON body; nothing comes out if it is right. Otherwise every fault in it is raised at
once, as Discord's 50035 with the place of each.
"""
