"""What templates may call: {% load ui %}."""
