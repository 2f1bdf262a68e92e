"""Pokes: that something changed, told to the pages that are open and show it.

    poke(f"list_{wishlist.public_id}", "item", item.public_id)

A poke says *what* changed and never how it looks now: whoever hears it fetches the fragment anew, and is asked then
whether they may see it. It leaves after the commit of the transaction it is said in, reaches the listeners of this
process at once, and those of other processes by a wire: Redis, or a table where there is none.
"""

from wishare.core.pubsub.hub import EVERYTHING, MISSED, Listener, Poke, deliver, listening, poke

__all__ = ["EVERYTHING", "MISSED", "Listener", "Poke", "deliver", "listening", "poke"]
