"""What we said and are about to say in Discord: channels, publications, messages, prompts."""
