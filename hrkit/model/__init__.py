"""What is asked, of whom, in which words: instruments, engagements and languages as frozen values."""
