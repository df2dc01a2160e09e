"""What the desk opens first: Today, finding anyone, and the pack for tomorrow."""
