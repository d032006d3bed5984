"""The version of this code."""

VERSION = "0.9.0"
