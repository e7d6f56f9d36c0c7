"""Every change to passes: the matrix, making them, and their way from the approval to the return."""
