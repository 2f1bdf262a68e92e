"""URL in, product facts out: what a shop's page says about the one thing it sells."""
