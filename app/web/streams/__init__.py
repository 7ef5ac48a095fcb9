"""What is sent bit by bit as it is read, too long to be made as a whole: a file for each address."""
