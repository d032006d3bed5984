"""The version of this code."""

VERSION = "0.12.0"
