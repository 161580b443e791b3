"""The author's report: one page of what was asked, what readers said, and what draws answers.

In comes `bot.store.desk.report.Material`, out goes HTML that needs nothing besides itself. `essays`
brings questions and responses together, `figures` and `endings` count, `story` says the most of it
in sentences, `plots` draws, and `page` sets it all.
"""
