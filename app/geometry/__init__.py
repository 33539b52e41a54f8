"""Reading, measuring and checking of meshes."""
