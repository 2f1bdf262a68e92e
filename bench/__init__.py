"""Data sets for measuring, and what is measured on them. No part of what is served."""
