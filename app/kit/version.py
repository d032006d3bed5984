"""The version of this code."""

VERSION = "0.8.0"
