"""What stands around the pages: rail, top bar, status bar, jobs, dialogs."""
