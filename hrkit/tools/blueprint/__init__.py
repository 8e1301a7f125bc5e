"""The role blueprint: who decides, does and is heard, task by task, and what each side gets and gives."""
