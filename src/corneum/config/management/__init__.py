"""What Django finds of Corneum's commands."""
