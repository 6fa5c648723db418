"""Real servers that come with the installation, driven by their own binaries."""
