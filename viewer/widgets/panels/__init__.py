"""What stands around the picture: side panel, inspector, toolbar and status line."""
