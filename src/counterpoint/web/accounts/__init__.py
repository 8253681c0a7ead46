"""People: sign-up and sign-in, keys, what is exported and erased."""
