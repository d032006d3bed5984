"""The version of this code."""

VERSION = "0.7.0"
