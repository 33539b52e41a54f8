"""The names and numbers by which a library is known."""

DATABASE = "library.sqlite"
SCHEMA_VERSION = 1
APPLICATION_ID = 0x45565350  # "EVSP": tells our database from others
