"""The version of this code."""

VERSION = "0.10.0"
