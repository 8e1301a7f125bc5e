"""The questionnaire as a survey of another program: described once, written by one file a program."""
