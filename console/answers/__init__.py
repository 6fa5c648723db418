"""What each command answers as JSON: the shapes that programs may rely on."""
