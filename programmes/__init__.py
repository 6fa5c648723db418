"""What is offered: programme versions as YAML, and the library that reads, checks and publishes them."""
