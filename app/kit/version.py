"""The version of this code."""

VERSION = "0.5.0"
