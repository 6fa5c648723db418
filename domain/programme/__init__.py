"""What is offered: a programme's shape, as data that the rules read."""
