"""Reports for a period: counted, checked, frozen, in the forms that are published."""
