"""Who may enter: sign-in with two factors, invitations, groups."""
