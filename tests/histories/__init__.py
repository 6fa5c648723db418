"""Histories of workflows as they ran under each release, replayed on every change."""
