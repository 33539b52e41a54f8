"""Use cases of print definitions, the network of providers, and qualification."""
