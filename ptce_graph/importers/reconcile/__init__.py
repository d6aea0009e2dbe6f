"""The same organisation under several names: found, judged by a person, remembered."""
