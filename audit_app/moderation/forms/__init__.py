"""The forms of moderation."""
