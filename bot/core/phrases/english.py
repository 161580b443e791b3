"""What the bot says in English."""

from bot.core.phrases.texts import Phrases

ENGLISH = Phrases(
    ends_by_asking="It ends by asking:",
    invitation="What stays with you after reading this?",
    notice="Replies in the thread are kept for the author. `/privacy` shows what is kept of you.",
    notice_buttons_only=(
        "Answers through the button are kept for the author; so is a message on which you choose "
        "Apps > Keep this response. `/privacy` shows what is kept of you."
    ),
    minutes="{minutes} min read",
    answer="Answer",
    answer_too="Answer too",
    edit="Edit",
    withdraw="Withdraw",
    read="Read",
    on_the_blog="On the blog",
    open_thread="Open thread",
    share="Share here",
    discuss="Discuss",
    newer="Back",
    older="On",
    page="Page {page} of {pages}",
    choose_a_question="Which question do you want to answer?",
    choose_an_essay="Open an essay",
    modal_title="Your answer",
    modal_answer="Your answer",
    modal_show="Show it in the thread",
    modal_quote="May be quoted on the blog",
    modal_named="If quoted, with my name",
    answered="{reader} answers",
    kept_and_shown="Kept for the author, and shown in the thread.",
    kept_privately="Kept for the author. It is not shown in the thread.",
    not_shown="Kept for the author, but not shown: {reason}",
    handed_back=(
        "Your answer could not be kept just now. Here is your text, so that nothing is lost; "
        "please try again in a minute."
    ),
    withdrawn="Withdrawn: nothing of it is kept. Here is your text, in case you want it.",
    not_yours="Only its writer can do that. Use *Answer too* to write your own.",
    gone="That is not here any more. `/post` finds the essay again.",
    responses_none="Nobody has responded yet.",
    responses_one="One response so far.",
    responses_many="{count} responses so far.",
    on_the_shelf="On the shelf: it can be read, and has no thread here.",
    tag_heading="Essays about {tag}",
    discussed="discussed",
    is_shown="shown in the thread",
    is_not_shown="not shown in the thread",
    may_be_quoted="may be quoted",
    by_name="by name",
    is_highlighted="★ highlighted",
    found="Responses: {count}",
    written_since="since {since}",
    no_match="No response matches that. Leave a filter out to find more.",
    no_question="Without a question",
    news_since="### New since {since}",
    news_first="### New to you",
    news_count="Responses: {count}. Essays: {essays}.",
    news_none=(
        "Nothing is new since {since}. `/responses` with an essay, or with `since: 7d`, shows "
        "what was there before."
    ),
    more="… and {count} more",
    choose_news="Read what is new about an essay",
    question_unknown=(
        "No question that was asked here reads “{text}”. Type a word of it in `question`, and "
        "choose one that is offered."
    ),
    question_unclear="“{text}” may be one of several questions. Choose one that is offered:",
    reader_unknown=(
        "Nobody called “{text}” has responded here. Type a part of the name in `reader`, and "
        "choose one that is offered."
    ),
    reader_unclear=(
        "“{text}” may be one of several readers. Choose one that is offered, or type the number:"
    ),
    since_unclear="“{text}” is no day. Write it as `2026-03-01`, or `7d` or `2w` for so long ago.",
    file_too_big=(
        "That file would have {size} MB; Discord takes {most}. Filter the responses, or export "
        "them with `afterword responses`."
    ),
    only_highlighters=(
        "Only authors and moderators can highlight responses. Somebody who manages the server "
        "names the authors' role with `/setup`."
    ),
    highlight_on=(
        "Highlighted, for authors only. `/responses` with `highlighted` lists it. *Highlight* "
        "again takes the mark away."
    ),
    highlight_off="No longer highlighted.",
    highlight_nothing=(
        "Only a reader's response in an essay's thread can be highlighted, as far as it is kept."
    ),
    digest_heading="### What readers said since {since}",
    digest_unanswered="**Nobody has answered yet**",
    digest_highlights="**Highlighted: {count}**",
    digest_read="Read what is new",
    digest_set="Digest: `{digest}`, in {channel}.",
    digest_is_off="Digest: `off`.",
    digest_lacks=(
        "The digest for authors cannot be sent to {channel}: allow Afterword {names} there (Edit "
        "Channel > Permissions). It comes as soon as it can."
    ),
    digest_homeless=(
        "The digest for authors has no channel that Afterword can see: name one with `/setup`, "
        "option `digest_channel`."
    ),
    no_tag="No essay is about “{tag}”. Type a letter to see the blog's tags.",
    no_tag_but="No essay is about “{tag}”. Did you mean {near}?",
    privacy=(
        "**What is kept.** What you write in an essay's thread and what you answer through its "
        "buttons: your text, your name and id, when, and which question it answers. It is kept "
        "for the essay's author, who reads and may export it. It is published on the blog only "
        "if you agreed to be quoted, and with your name only if you chose that. Nothing is used "
        "to train anything.\n"
        "**What you can do.** Edit or delete your message, and the copy follows. Have everything "
        "handed to you or deleted with the buttons below. Messages stay in Discord until you "
        "delete them there; what is deleted here is not collected again."
    ),
    privacy_nothing="Nothing of yours is kept, here or elsewhere.",
    privacy_count="Kept of you: {here} here, {everywhere} in all.",
    privacy_hand_over="Hand it to me",
    privacy_here="Delete mine here",
    privacy_everywhere="Delete mine everywhere",
    privacy_sure="Delete {count} for good? Nobody can bring this back.",
    privacy_forgotten="Deleted: {count}. Answers that were shown here are being removed.",
    not_shown_here="This essay cannot be shown in Discord. Please read it on the blog.",
    apology="Something went wrong on our side; it has been noted. Please try again in a minute.",
    may_not_send="you may not write in this thread.",
    is_locked="this thread is locked.",
    is_timed_out="you are timed out here.",
    is_slow="this thread is in slow mode; edit your answer in {seconds} s to show it.",
    shared="shared by {reader}",
    kept="Kept for the author.",
    empty="There is no text in it, so nothing was kept.",
    not_a_response="Only messages in an essay's thread can be kept.",
    taken_back="Its author has taken this essay back. What was said about it stays.",
    continues="Continues below",
    not_yet="It is not kept yet: the database is busy. This message says so when it is.",
    not_kept_now="It could not be kept just now. Please try again in a minute.",
    kept_newer="A newer answer of yours to this question is kept.",
    shown_later="Kept for the author. It is shown in the thread as soon as Discord allows it.",
    not_kept_yet=(
        "Your answer is not kept yet: the database is busy. This message says so when it is. Here "
        "is your text, in case it never is."
    ),
    withdrawn_soon=(
        "Withdrawn: it is no longer kept, and its message in the thread goes within minutes. Here "
        "is your text, in case you want it."
    ),
    not_withdrawn_yet=(
        "Your answer is not withdrawn yet: the database is busy. It is tried again for some "
        "minutes, and this message says when it is done."
    ),
    not_withdrawn="Your answer could not be withdrawn, and is still kept. Please try again later.",
    not_deleted_yet=(
        "Nothing is deleted yet: the database is busy. It is tried again for some minutes, and "
        "this message says when it is done."
    ),
    not_deleted="Nothing could be deleted. Please try again later.",
    no_thread_yet="This essay's thread has not started yet. Please answer when it has.",
    cannot_check="Discord does not say whether you may write there; edit your answer to try again.",
    out_of_sight=(
        "In {place}, {count} messages or threads that Afterword keeps cannot be seen any more. "
        "Nothing is deleted unless Discord confirms it for each of them; they are looked for again "
        "in an hour. If they were deleted on purpose, there is nothing to do. If not, check that "
        "Afterword has View Channel and Read Message History there."
    ),
    tag_required=(
        "The forum {channel} requires a tag, and an essay has none of its tags: add the essay's "
        "tags to the forum (Edit Channel > Tags), or turn off “Require people to select tags when "
        "posting”. It then starts by itself."
    ),
    invalid_form=(
        "Discord refuses a part of an essay ({detail}): look at it with `afterword preview`, and "
        "change it in the essay's file."
    ),
    title_blocked=(
        "AutoMod blocks an essay's title: exempt Afterword's role (Server Settings > AutoMod), or "
        "change the title."
    ),
    channel_gone="The channel {channel} is gone: choose another with `/setup`.",
    no_access="Afterword cannot see {channel}: allow it View Channel (Edit Channel > Permissions).",
    wrong_kind=(
        "Essays cannot be published in {channel}: choose a forum or a text channel with `/setup`."
    ),
    no_permission=(
        "Discord refuses it in {channel} for want of a permission: allow Afterword what `/setup` "
        "lists (Edit Channel > Permissions)."
    ),
    two_factor=(
        "This server asks for two-factor authentication of who moderates: the owner of Afterword's "
        "application turns it on in their Discord account."
    ),
    no_history="Allow Afterword Read Message History in {channel} (Edit Channel > Permissions).",
    thread_locked=(
        "An essay's thread in {channel} is locked: unlock it, or allow Afterword Manage Threads."
    ),
    too_many_threads=(
        "The server has as many active threads as Discord allows, so that no essay can start: "
        "close some that are quiet."
    ),
    content_blocked=(
        "AutoMod blocks a message of Afterword in {channel}: exempt its role (Server Settings > "
        "AutoMod)."
    ),
    link_blocked="Discord takes a link in an essay for harmful: change it in the essay's file.",
    too_fast="Discord asks to go slower; it is tried again.",
    thread_asleep="Its thread is archived; it goes on when the thread wakes.",
    overloaded="Discord is overloaded; it is tried again.",
    refused="Discord refuses it ({status}, code {code}); it is tried again.",
    lacking=(
        "Afterword may not publish in #{channel} of {server}: allow it {names} there (Edit Channel "
        "> Permissions)."
    ),
    no_answer="Discord did not answer; it is tried again.",
    unshowable=(
        "{essay} cannot be shown in Discord ({reason}): `afterword check` says in which line of "
        "its file. It starts by itself once that is changed."
    ),
    other_name=(
        "Discord refuses “{title}” as a thread's name, so the thread is called “{name}”. Rename it "
        "if you like; Afterword leaves it."
    ),
    moderated_tags=(
        "Only moderators may use these tags of #{channel}: {tags}. Allow Afterword Manage Threads "
        "if essays should get them."
    ),
    tags_missing=(
        "#{channel} requires a tag, and {count} essays have none of its tags, so that they cannot "
        "start. Add their tags to the forum, or turn off “Require people to select tags when "
        "posting”."
    ),
    nearly_full=(
        "{server} has {count} active threads; Discord allows about {most}. Close some that are "
        "quiet."
    ),
    gap_heading="**Cannot be read now.** What is written there is read as soon as it can be:",
    gap_line="{place} since {since}: {reason}",
    gap_outage="Discord has an outage in this server.",
    gap_removed="Afterword is not in this server.",
    gap_hidden="Afterword cannot see the channel: allow it View Channel.",
    gap_permissions="allow Afterword {names} there (Edit Channel > Permissions).",
    waits_heading="**Waiting:**",
    waits_line="{post}: {reason}",
    permissions={
        "view_channel": "View Channel",
        "read_message_history": "Read Message History",
        "embed_links": "Embed Links",
        "send_messages_in_threads": "Send Messages in Threads",
        "send_messages": "Send Messages",
        "create_posts": "Create Posts",
        "create_public_threads": "Create Public Threads",
        "manage_threads": "Manage Threads",
    },
)
