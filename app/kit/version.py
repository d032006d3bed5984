"""The version of this code."""

VERSION = "0.11.0"
