"""The composition root: settings in, a bot out."""

from bot import endpoint
from bot.blog.blog import Blog, open_source
from bot.blog.site.configuration import Overrides
from bot.client import AfterwordBot
from bot.settings import Settings
from bot.store.store import Store

EXTENSIONS = (
    "bot.cogs.collecting",
    "bot.cogs.publishing",
    "bot.cogs.posts",
    "bot.cogs.tags",
    "bot.cogs.finding",
    "bot.cogs.asking",
    "bot.cogs.requests",
    "bot.cogs.following",
    "bot.cogs.answers",
    "bot.cogs.keeping",
    "bot.cogs.setup",
    "bot.cogs.moderation",
    "bot.cogs.reviewing",
    "bot.cogs.authors",
    "bot.cogs.highlighting",
    "bot.cogs.privacy",
    "bot.cogs.choices",
    "bot.cogs.quoting",
    "bot.cogs.hiding",
    "bot.cogs.linking",
    "bot.cogs.thread_commands",
    "bot.cogs.publish_commands",
    "bot.cogs.bans",
    "bot.cogs.auditing",
    "bot.cogs.dreaming",
)
"""What the bot can do, a module each; one that is left out takes only its own feature away."""


def create_bot(settings: Settings) -> AfterwordBot:
    """Return a bot that anybody's harness can log in.

    It opens nothing: files open when it logs in, and close when it is closed. Where Discord is
    (``api`` and ``gateway``) holds for the whole process, since discord.py keeps it in its classes.
    """
    endpoint.use(settings.api, settings.gateway)
    store = Store(settings.database)
    source = open_source(settings.content, settings.database)
    blog = Blog(source, store, Overrides(settings.site, settings.timezone, settings.language))
    return AfterwordBot(settings, store, blog, extensions=EXTENSIONS)
