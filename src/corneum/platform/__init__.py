"""What every area stands on: accounts, ui, audit, jobs, messages."""
