"""What workers do: functions that take and return plain values."""
