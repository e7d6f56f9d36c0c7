"""Users and the account in whose name the command line acts."""
