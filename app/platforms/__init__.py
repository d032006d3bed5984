"""What the template files say of platforms: links, channels, law, sentences."""
