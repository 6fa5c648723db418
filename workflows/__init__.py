"""Appointments that outlive a release; nothing is decided here."""
