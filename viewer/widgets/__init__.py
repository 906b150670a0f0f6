"""The window: widgets that show the open file and turn hands and keys into changes."""
