"""The second and third opinion: senior moderation and external validation, open or blind."""
