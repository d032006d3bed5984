"""The version of this code."""

VERSION = "0.6.0"
