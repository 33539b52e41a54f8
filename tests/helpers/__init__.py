"""What tests share: builders of files and records, and the command line run in process."""
