"""Wishare: people keep wishlists, friends give from them, and the surprise is kept."""
