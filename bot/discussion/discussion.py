"""What works on the discussion for a bot, each part made of the parts below it."""

from dataclasses import dataclass

import discord

from bot.blog.blog import Blog
from bot.discussion.answering.answers import Answering
from bot.discussion.answering.choosing import Choosing
from bot.discussion.answering.quote_requests import QuoteRequests
from bot.discussion.answering.reader_writes import ReaderWrites
from bot.discussion.author_desk import AuthorDesk
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.deletion_checks import DeletionChecks
from bot.discussion.collecting.history import History
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.finding import Finding
from bot.discussion.lookup import PlaceLanguages
from bot.discussion.moderating.responses import ResponseModeration
from bot.discussion.moderating.threads import ThreadModeration
from bot.discussion.notices import Notices
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.reviewing.notice import ReviewNotices
from bot.discussion.reviewing.reviews import Reviews
from bot.discussion.scheduling.digests import Digests
from bot.discussion.scheduling.requests import Requests
from bot.discussion.scheduling.schedule import Schedule
from bot.settings import Settings
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Discussion:
    """Collects, publishes and answers; nothing of it opens or starts anything by itself."""

    languages: PlaceLanguages
    collector: Collector
    reader: ThreadReader
    sweeper: Sweeper
    publisher: Publisher
    schedule: Schedule
    answering: Answering
    reviews: Reviews
    desk: AuthorDesk
    digests: Digests
    choosing: Choosing
    quote_requests: QuoteRequests
    responses: ResponseModeration
    finding: Finding
    requests: Requests
    threads: ThreadModeration

    @classmethod
    def of(
        cls, client: discord.Client, store: Store, blog: Blog, settings: Settings
    ) -> "Discussion":
        """Return the parts for a client, which need not be logged in yet."""
        languages, notices = PlaceLanguages(store), Notices(client, store)
        history, collector = History(client), Collector(client, store)
        deletions = DeletionChecks(client, store, history, notices)
        reader = ThreadReader(client, store, collector, history, deletions)
        hears = settings.message_content
        publisher = Publisher(reader, blog, notices, languages, hears_messages=hears)
        first_run = settings.first_run
        schedule = Schedule(reader, blog, publisher, notices, languages, first_run=first_run)
        reviews = Reviews(store, publisher, ReviewNotices(reader))
        writes = ReaderWrites(store)
        answering = Answering(reader, writes, publisher, reviews.notices)
        sweeper = Sweeper(reader, days=settings.recheck)
        desk = AuthorDesk(store, blog)
        digests = Digests(reader, blog, notices)
        return cls(
            languages,
            collector,
            reader,
            sweeper,
            publisher,
            schedule,
            answering,
            reviews,
            desk,
            digests,
            Choosing(store, writes),
            QuoteRequests(reader, writes),
            ResponseModeration(client, store, publisher),
            Finding(store, blog, languages),
            Requests(reader, blog, schedule, notices),
            ThreadModeration(client, store, collector, publisher),
        )
