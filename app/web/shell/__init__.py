"""What every page stands on: request context, rendering, forms, languages, labels."""
