"""What a clinic knows, in pure Python: no Django, no clock, no input or output."""
