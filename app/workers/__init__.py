"""A pool of disposable processes in which foreign files are read and measured."""
