"""What is trained, and what it is trained on; nothing here is installed."""
