"""What members do, the bot among them: each checks, changes the state and tells of it."""
