"""One draft checked before it is signed: what its citations say, what is known of them, what to write instead."""
