"""What people are told and when: in the service and by e-mail; reminders, escalation, chasing."""
