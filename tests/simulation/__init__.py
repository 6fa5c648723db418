"""Specifications of the simulation."""
