"""Exploring a programme: every state that a citizen can come to in it, as far as its own rules tell them apart."""
