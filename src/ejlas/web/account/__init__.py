"""One's own sign-ins: signing in and out, passwords, passkeys, codes, invitations, language and name."""
