"""The staff panel: pages rendered on the server that work without scripts, each room a folder of its own."""
