"""Pictures of rows, kept under the versions of the rows. The only package that touches the cache for pages."""

from wishare.core.caching.fragments import Audience, Fragment, render_fragments

__all__ = ["Audience", "Fragment", "render_fragments"]
