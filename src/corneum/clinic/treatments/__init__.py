"""What the clinics offer, for which concern, at what price."""
