"""The same use cases as the window, without Qt, and the commands for developers."""
