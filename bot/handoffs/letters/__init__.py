"""Replies of the office on their way to the channel in which the resident wrote: kept until they are sent."""
