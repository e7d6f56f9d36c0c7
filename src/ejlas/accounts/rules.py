"""Values of accounts."""

# The account in whose name the command line acts; nobody can sign in with it.
SYSTEM_ADDRESS = "system@localhost"
SYSTEM_NAME = "system"
