"""Answers: how they come in, where they are kept, and the one form in which they go on.

`readers` turn a client's file into `responses.Responses`, whole or not at all;
`writers` make the file that a client fills in; `store` keeps answers under random keys.
Nothing here computes a score, and nothing here decides what may be shown.
"""
