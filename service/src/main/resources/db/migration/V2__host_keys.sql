-- Announcements now tell the host's key. Those without it are forgotten: an agent announces itself
-- whenever it reaches the broker anew.
UPDATE host SET document = NULL, announced_at = NULL;
