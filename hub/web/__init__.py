"""What an API process serves: pages, panel, feeds."""
