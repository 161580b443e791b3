"""What the bot says about how a server is set up."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Description, Label, Placeholder, Plural, Text


@dataclass(frozen=True)
class Setup:
    """What the bot says about how a server is set up."""

    only_moderators: Text = (
        "Only who may manage threads can do that. Ask a moderator of this server."
    )
    only_managers: Text = (
        "Only who may manage this server can do that. Ask its owner or a moderator."
    )
    no_channel: Text = (
        "No channel is set up here. Somebody who manages the server can type `/setup`."
    )
    no_essays_in: Text = "The blog has no essays in `{lang}`; it has {langs}."
    setup_summary: Text = (
        "Essays in `{lang}` are discussed in {channel}, at the pace `{pace}`. On the shelf: "
        "{count}; `/discuss` starts one of them."
    )

    setting_unknown: Text = "There is no setting “{text}”. There is {near}."
    setting_no_pair: Text = "“{text}” sets nothing: write a setting and its value as `pace=daily`."
    setting_twice: Text = "`{key}` is there twice: write it once."
    setting_too_long: Text = "`{key}` takes at most {most} characters."
    setting_no_choice: Text = "`{key}` is one of {options}, not “{text}”."
    setting_no_days: Text = (
        "`{key}` is a number of days from 1 to {most}, or `{nothing}`, not “{text}”."
    )
    setting_no_id: Text = (
        "`{key}` is an id of Discord's, a number such as 1234567890, or `none`, not “{text}”. "
        "(Right-click > Copy ID, in developer mode.)"
    )
    setting_no_hours: Text = (
        "`{key}` is two different hours from 0 to 23 such as `22-7`, or `off`, not “{text}”."
    )
    setting_no_day: Text = "`{key}` is a day such as `2026-01-01`, or `any`, not “{text}”."
    setting_too_many_tags: Text = (
        "`{key}` takes at most {most} tags of at most {longest} characters."
    )
    setting_opposite: Text = (
        "“{text}” would mean the opposite in `{key}`: write `{nothing}` for no choice by tags, or "
        'a tag of this name in quotation marks as `"{text}"`.'
    )
    setting_no_tag_ids: Text = (
        "`{key}` is pairs of the blog's tag and the forum tag's id such as `maps:123`, or "
        "`none`, not “{text}”."
    )
    setting_no_language: Text = "`{key}` is the code of a language such as `en`, not “{text}”."
    setting_for_all: Text = (
        "Everybody has the role @everyone, so everybody could read all responses. Choose another."
    )
    setting_no_channel_yet: Text = "No channel is chosen yet: choose one first."
    setting_both: Text = "`{tag}` cannot be both in and out."

    setup_heading: Text = "### Setup of {server}"
    setup_hint: Text = "Nothing changes until you press Apply."
    setup_applied: Text = "Applied. Everything is as shown."
    setup_over: Text = "This page is over. Type `/setup` to open a new one."
    setup_moved: Text = (
        "Something was changed in the meantime. This is how it is now: look again, then apply."
    )
    setup_same: Text = "Nothing is to be changed."
    setup_gone_channel: Text = (
        "The channel that you chose is gone, or Afterword cannot see it. Choose another."
    )
    setup_gone_role: Text = "The role that you chose is gone. Choose another."
    setup_cannot_send: Text = (
        "Afterword cannot write in {channel}: allow it {names} there (Edit Channel > Permissions)."
    )
    setup_no_tags_made: Text = (
        "The forum's tags could not be made ({reason}), so nothing was changed. Try again, or take "
        "only the tags that there are."
    )

    setup_place: Button = "Place"
    setup_essays: Button = "Essays"
    setup_tags: Button = "Tags"
    setup_people: Button = "People"
    setup_reports: Button = "Reports"
    setup_apply: Button = "Apply"
    setup_apply_count: Button = "Apply ({count})"
    setup_discard: Button = "Discard"
    setup_preview: Button = "Preview"
    setup_hours: Button = "Quiet hours"
    setup_which: Button = "Which essays"
    setup_digest: Button = "Digest"
    setup_age: Button = "Delete by age"
    setup_approval_on: Button = "Approve answers first"
    setup_approval_off: Button = "Show answers at once"
    setup_requests_on: Button = "Let readers ask"
    setup_requests_off: Button = "Take no requests"
    setup_take_tags: Button = "Take the proposal"
    setup_take_existing: Button = "Only tags that exist"
    setup_take_none: Button = "Same names"

    setup_makes: Text = "Made in the forum: {tags}"
    setup_rest: Text = "At a glance"
    rest_essays: Text = "{pace} · quiet hours: {quiet} · {tags_in}"
    rest_tags: Text = "{forum_tags} · default: {default_tag}"
    rest_people: Text = "kept {keeping}, for {retention} · answers {approval}"
    rest_reports: Text = "digest: {digest} · log: {log}"
    setup_changes: Text = "Will change"
    setup_then: Text = "What happens then"
    setup_obstacles: Text = "In the way"
    setup_from_to: Text = "{key}: {before} → **{after}**"

    name_channel: Label = "Channel"
    name_language: Label = "Language"
    name_pace: Label = "Pace"
    name_quiet: Label = "Quiet hours"
    name_tags_in: Label = "Only with tags"
    name_tags_out: Label = "Never with tags"
    name_from: Label = "From the day"
    name_body: Label = "In the thread"
    name_sealed: Label = "Answers sealed"
    name_forum_tags: Label = "Forum tags"
    name_default_tag: Label = "Default tag"
    name_keeping: Label = "What is kept"
    name_approval: Label = "Answers"
    name_requests: Label = "Requests"
    name_retention: Label = "Kept for"
    name_author: Label = "Authors"
    name_notices: Label = "Notices"
    name_log: Label = "Log"
    name_digest: Label = "Digest"
    name_digest_channel: Label = "Digest goes to"

    value_none: Text = "none"
    value_no_channel: Text = "none yet"
    value_pace_each: Text = "up to three a day"
    value_pace_daily: Text = "one a day"
    value_pace_weekly: Text = "one a week"
    value_hours: Text = "{start}:00 to {end}:00"
    value_all_tags: Text = "all essays"
    value_any_day: Text = "any"
    value_body_auto: Text = "as suits the channel"
    value_body_full: Text = "the whole essay"
    value_body_excerpt: Text = "an excerpt"
    value_body_card: Text = "only its card"
    value_not_sealed: Text = "no"
    value_days: Plural = Counted("{count} day", "{count} days")
    value_same_names: Text = "those of the same name"
    value_mapped: Plural = Counted("{count} mapped", "{count} mapped")
    value_mapped_new: Text = "{mapped}, {count} new"
    value_keeping_opt_out: Text = "unless a reader refuses"
    value_keeping_opt_in: Text = "once a reader agrees"
    value_approval_on: Text = "shown once approved"
    value_approval_off: Text = "shown at once"
    value_requests_on: Text = "readers may ask for threads"
    value_requests_off: Text = "none"
    value_for_ever: Text = "ever"
    value_no_role: Text = "who manages the server"
    value_servers_own: Text = "the server's own channel"
    value_as_notices: Text = "where notices go"
    value_digest_off: Text = "off"
    value_digest_daily: Text = "each morning"
    value_digest_weekly: Text = "on Monday mornings"
    value_gone: Text = "deleted"

    about_pace_each: Description = "At most one an hour"
    about_pace_daily: Description = "The best of the day; the others go to the shelf"
    about_pace_weekly: Description = "The best of the week; the others go to the shelf"
    about_body_auto: Description = "Whole in a forum, an excerpt in a text channel"
    about_body_full: Description = "However many messages it takes"
    about_body_excerpt: Description = "And a button to read on privately"
    about_body_card: Description = "Title, tags and questions"
    about_keeping_opt_out: Description = "A notice stands in each thread"
    about_keeping_opt_in: Description = "Messages of others are not kept; answers in the form are"

    choose_channel: Placeholder = "Channel in which essays are discussed"
    choose_language: Placeholder = "Whose essays"
    choose_body: Placeholder = "How much of an essay"
    choose_pace: Placeholder = "How often a thread starts"
    choose_keeping: Placeholder = "Whose messages are kept"
    choose_author: Placeholder = "Role that may read all responses"
    choose_notices: Placeholder = "Where moderators get notices"
    choose_log: Placeholder = "Where moderators' acts are logged"
    choose_tags: Placeholder = "Tags that essays get"
    choose_default_tag: Placeholder = "Tag for an essay that has none of them"

    form_quiet: Label = "Quiet hours"
    form_quiet_from: Label = "Nothing starts from"
    form_quiet_until: Label = "until"
    form_quiet_about: Description = "By the site's clock ({zone}). Choose neither for none."
    form_which: Label = "Which essays start by themselves"
    form_tags_about: Description = "With commas between them. Leave it empty for none."
    form_from_about: Description = "Such as 2026-01-01. Leave it empty for any."
    form_sealed_about: Description = (
        "So many days answers wait to be shown together. Empty: not sealed."
    )
    form_age: Label = "Delete by age"
    form_age_days: Label = "Delete responses after so many days"
    form_age_about: Description = "For good. Leave it empty to keep them for ever."
    form_digest: Label = "Digest for authors"
    form_digest_often: Label = "How often"
    form_digest_where: Label = "Where"
    form_digest_about: Description = "Choose none to send it where notices go."

    next_none: Text = "No essay waits. The next new one starts by itself."
    next_no_channel: Text = "Nothing starts until a channel is chosen."
    next_now: Text = "**{title}** starts at once."
    next_at: Text = "Nothing starts until {at}; then **{title}**."
    next_quiet: Text = "Quiet now: nothing starts until {at}."
    next_held: Plural = Counted(
        "{count} essay would start at once, so that a moderator is asked first.",
        "{count} essays would start at once, so that a moderator is asked first.",
    )
    next_shelved: Plural = Counted(
        "{count} essay goes to the shelf, where it can be read.",
        "{count} essays go to the shelf, where they can be read.",
    )
    next_chosen: Text = "Essays that may start: {count} of {all}."
    unknown_tags: Text = "No essay has the tag {tags}."
    deleted_by_age: Plural = Counted(
        "**{count} response is older and would be deleted for good.**",
        "**{count} responses are older and would be deleted for good.**",
    )
    preview_none: Text = "No essay in this language can be shown yet."
    preview_heading: Text = "-# So **{title}** will look{tags}. The buttons do nothing here."
    preview_tags: Text = ", with the forum's tags {tags}"
    preview_cut: Plural = Counted(
        "-# … and {count} more message.", "-# … and {count} more messages."
    )

    tags_not_here: Text = "Tags are for forums; {channel} is none."
    tags_there: Text = "**In the forum already** · {tags}"
    tags_new: Text = "**Would be new there** · {tags}"
    tags_merged: Text = "**Taken together** · {tags}"
    tags_essays: Plural = Counted("{count} essay", "{count} essays")
    tags_count: Text = "The forum has {count} of {most} tags."
    tags_common: Text = "Left out, since too many essays have them: {tags}."
    tags_full: Plural = Counted(
        "There is no room for {count} more.", "There is no room for {count} more."
    )
    tags_no_right: Text = (
        "To make new tags, Afterword needs Manage Channels in {channel} (Edit Channel > "
        "Permissions). Until then it can map to tags that exist."
    )
    tags_required: Text = "This forum requires a tag: choose a default."
    tags_none: Text = "The essays have no tags to propose."
    tags_stay: Text = "-# Threads that stand already keep their tags until their essay changes."
    tags_option_new: Description = "New in the forum · {essays}"
