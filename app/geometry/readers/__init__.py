"""The only home of foreign parsing. Runs in worker processes; nothing else imports it."""
