"""What the bot says to moderators about what is in the way."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Counted, Plural, Text


@dataclass(frozen=True)
class Obstacles:
    """What the bot says to moderators about what is in the way."""

    out_of_sight: Text = (
        "In {place}, {count} messages or threads that Afterword keeps cannot be seen any more. "
        "Nothing is deleted unless Discord confirms it for each of them; they are looked for "
        "again in an hour. If they were deleted on purpose, there is nothing to do. If not, "
        "check that Afterword has View Channel and Read Message History there."
    )
    tag_required: Text = (
        "The forum {channel} requires a tag, and an essay has none of its tags: add the essay's "
        "tags to the forum (Edit Channel > Tags), or turn off “Require people to select tags "
        "when posting”. It then starts by itself."
    )
    invalid_form: Text = (
        "Discord refuses a part of an essay ({detail}): look at it with `afterword preview`, and "
        "change it in the essay's file."
    )
    title_blocked: Text = (
        "AutoMod blocks an essay's title: exempt Afterword's role (Server Settings > AutoMod), "
        "or change the title."
    )
    channel_gone: Text = "The channel {channel} is gone: choose another with `/setup`."
    no_access: Text = (
        "Afterword cannot see {channel}: allow it View Channel (Edit Channel > Permissions)."
    )
    wrong_kind: Text = (
        "Essays cannot be published in {channel}: choose a forum or a text channel with `/setup`."
    )
    no_permission: Text = (
        "Discord refuses it in {channel} for want of a permission: allow Afterword what `/setup` "
        "lists (Edit Channel > Permissions)."
    )
    two_factor: Text = (
        "This server asks for two-factor authentication of who moderates: the owner of "
        "Afterword's application turns it on in their Discord account."
    )
    not_shown_to_us: Text = (
        "Discord does not show what was sent there: allow Afterword View Channel and Read Message "
        "History."
    )
    no_history: Text = (
        "Allow Afterword Read Message History in {channel} (Edit Channel > Permissions)."
    )
    thread_locked: Text = (
        "An essay's thread in {channel} is locked: unlock it, or allow Afterword Manage Threads."
    )
    too_many_threads: Text = (
        "The server has as many active threads as Discord allows, so that no essay can start: "
        "close some that are quiet."
    )
    content_blocked: Text = (
        "AutoMod blocks a message of Afterword in {channel}: exempt its role (Server Settings > "
        "AutoMod)."
    )
    link_blocked: Text = (
        "Discord takes a link in an essay for harmful: change it in the essay's file."
    )
    too_fast: Text = "Discord asks to go slower; it is tried again."
    thread_asleep: Text = "Its thread is archived; it goes on when the thread wakes."
    overloaded: Text = "Discord is overloaded; it is tried again."
    refused: Text = "Discord refuses it ({status}, code {code}); it is tried again."
    lacking: Text = (
        "Afterword may not publish in #{channel} of {server}: allow it {names} there (Edit "
        "Channel > Permissions)."
    )
    no_answer: Text = "Discord did not answer; it is tried again."
    unshowable: Text = (
        "{essay} cannot be shown in Discord ({reason}): `afterword check` says in which line of "
        "its file. It starts by itself once that is changed."
    )
    other_name: Text = (
        "Discord refuses “{title}” as a thread's name, so the thread is called “{name}”. Rename "
        "it if you like; Afterword leaves it."
    )
    moderated_tags: Text = (
        "Only moderators may use these tags of #{channel}: {tags}. Allow Afterword Manage "
        "Threads if essays should get them."
    )
    tags_missing: Plural = Counted(
        "#{channel} requires a tag, and one essay has none of its tags, so that it cannot start. "
        "Add its tags to the forum, or turn off “Require people to select tags when posting”.",
        "#{channel} requires a tag, and {count} essays have none of its tags, so that they "
        "cannot start. Add their tags to the forum, or turn off “Require people to select tags "
        "when posting”.",
    )
    nearly_full: Text = (
        "{server} has {count} active threads; Discord allows about {most}. Close some that are "
        "quiet."
    )
    gap_heading: Text = (
        "**Cannot be read now.** What is written there is read as soon as it can be:"
    )
    gap_line: Text = "{place} since {since}: {reason}"
    gap_outage: Text = "Discord has an outage in this server."
    gap_removed: Text = "Afterword is not in this server."
    gap_hidden: Text = "Afterword cannot see the channel: allow it View Channel."
    gap_permissions: Text = "allow Afterword {names} there (Edit Channel > Permissions)."
    waits_heading: Text = "**Waiting:**"
    waits_line: Text = "{post}: {reason}"
    permission_view_channel: Text = "View Channel"
    permission_read_message_history: Text = "Read Message History"
    permission_embed_links: Text = "Embed Links"
    permission_send_messages_in_threads: Text = "Send Messages in Threads"
    permission_send_messages: Text = "Send Messages"
    permission_create_posts: Text = "Create Posts"
    permission_create_public_threads: Text = "Create Public Threads"
    permission_manage_threads: Text = "Manage Threads"

    def permission(self, name: str) -> str:
        """Return what Discord's settings call a permission, by its name in the API.

        What is no such name is returned as it is: an older database has names in English.
        """
        called: str = getattr(self, f"permission_{name}", name)
        return called
