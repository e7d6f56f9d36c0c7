"""Cards on paper: what one shows, how a design draws it, and files of many set in processes of their own."""
