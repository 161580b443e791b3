"""What the bot says to readers who look for something, follow it, or ask for it."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Description, Label, Placeholder, Plural, Text


@dataclass(frozen=True)
class Finding:
    """What the bot says to readers who look for something, follow it, or ask for it."""

    questions_heading: Text = "Open questions"
    questions_about: Text = "Open questions about {tag}"
    questions_none: Text = "No question is open here now. `/post` shows the blog's essays."
    questions_none_about: Text = (
        "No question about “{tag}” is open here now. `/questions` without a tag shows all."
    )
    answers_none: Text = "nobody has answered"
    answers: Plural = Counted("one answer", "{count} answers")
    question_closed: Text = (
        "That question is not open to you any more. `/questions` lists what you can answer."
    )
    choose_to_answer: Placeholder = "Answer one of these questions"
    search_heading: Text = "What was found"
    search_essays: Text = "Essays"
    search_responses: Text = "Responses"
    search_none: Text = (
        "Nothing that you can see here has all of these words: {words}. Leave one out, or type "
        "only the beginning of a word."
    )
    search_no_words: Text = "Type a word or two to search for."
    ask_for_thread: Button = "Ask for its thread"
    asked_by: Plural = Counted("one reader asks", "{count} readers ask")
    request_counted: Plural = Counted(
        "Counted: you are the first to ask for its thread. A moderator decides.",
        "Counted: {count} readers ask for its thread now. A moderator decides.",
    )
    request_known: Plural = Counted(
        "You have asked for its thread already, as the only one so far.",
        "You have asked for its thread already; {count} readers have.",
    )
    request_enough: Text = (
        "You have asked for {most} threads within a day, which is as many as are counted. Please "
        "ask again tomorrow."
    )
    request_closed: Text = (
        "Readers cannot ask for threads here now. Who may manage threads can start one with "
        "`/discuss`."
    )
    request_started: Text = "Its thread is there already, or about to be: `/post` shows where."
    request_notice: Plural = Counted(
        "One reader asks for a thread about **{title}**.",
        "{count} readers ask for a thread about **{title}**.",
    )
    request_later: Button = "Not now"
    request_put_off: Plural = Counted(
        "Not now: a thread about **{title}**, for which one reader asked. `/discuss` starts it "
        "whenever you like.",
        "Not now: a thread about **{title}**, for which {count} readers asked. `/discuss` starts "
        "it whenever you like.",
    )
    request_discussed: Text = "Readers asked for it, and it is discussed: {url}"
    request_gone: Text = "That essay is not on the blog any more, or is discussed elsewhere now."
    followers: Text = "Followers: {roles}"
    follow_role: Text = "Follow {name}"
    follow_heading: Text = (
        "Choose what you follow: you get a role, which others can see, and the thread of a new "
        "essay mentions it silently."
    )
    follow_nothing: Text = (
        "Nothing can be followed here yet. Who may manage threads can type `/follow-role`."
    )
    follow_tag: Text = "essays about {name}"
    follow_author: Text = "essays by {name}"
    follow_is_followed: Text = "followed"
    follow_begin: Description = "Follow {name}"
    follow_end: Description = "Stop following {name}"
    follow_choose: Placeholder = "Follow something, or stop"
    follow_begun: Text = "You follow {name} now."
    follow_ended: Text = "You do not follow {name} any more."
    follow_gone: Text = "That cannot be followed any more. `/follow` shows what can."
    follow_has_permissions: Text = (
        "{role} was given permissions, so Afterword does not give it to anybody. Somebody who "
        "manages roles takes the permissions away (Server Settings > Roles)."
    )
    follow_too_high: Text = (
        "{role} stands above Afterword's own role, so that Afterword cannot give or remove it. "
        "Somebody who manages roles moves Afterword's role above it (Server Settings > Roles)."
    )
    follow_no_permission: Text = (
        "Afterword may not manage roles here. Somebody who manages the server allows it Manage "
        "Roles (Server Settings > Roles > Afterword)."
    )
    follow_server_full: Text = (
        "This server has {most} roles, as many as Discord allows. Delete one that nobody needs."
    )
    follow_enough: Text = (
        "{most} things can be followed here already, as many as `/follow` shows. Remove one with "
        "`/follow-role` first."
    )
    follow_no_answer: Text = (
        "Discord did not answer. Type the command again: the role is looked for before it is made."
    )
    follow_made: Text = "Made {role}. Readers give it to themselves with `/follow`."
    follow_known: Text = "There is a role for it already: {role}."
    follow_unheard: Text = (
        "Nobody is told yet: allow Afterword to “Mention @everyone, @here and All Roles” in "
        "{channel} (Edit Channel > Permissions). It mentions nobody but followers."
    )
    follow_removed: Text = "Removed the role with which readers followed {name}."
    follow_no_role: Text = "There is no role to follow “{name}”. `/follow` shows which there are."
    follow_no_author: Text = (
        "No essay is by “{name}”. Type a letter in `author` to see the blog's authors."
    )
    follow_one_of: Text = "Name a tag or an author, and not both."
    only_moderators_decide: Text = (
        "Only who may manage threads can decide that. Ask a moderator of this server."
    )
    act_put_off_a_thread: Label = "put off a thread"
    """As the audit calls it (`bot.store.audit`)."""
