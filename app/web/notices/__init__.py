"""The card of a notice: copied, edited, marked as sent, looked at again."""
