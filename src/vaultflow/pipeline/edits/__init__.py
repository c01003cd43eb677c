"""What each verb does to a lead's note, as operations on its bytes. Pure; nothing is written."""
