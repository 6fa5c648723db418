"""What the engine can say of itself: why, what will happen, how it was, what a correction would change."""
