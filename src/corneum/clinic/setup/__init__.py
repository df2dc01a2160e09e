"""Setting a clinic up: hours, rota, rules, rooms, devices and blocked time, and what a change would mean."""
