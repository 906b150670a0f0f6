"""What a person writes: events, notes and stages in forms, with drafts that outlive a crash."""
