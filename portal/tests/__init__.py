"""Tests of the project frame and the tools."""
