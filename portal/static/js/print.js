/* A machine with a printer prints the number as soon as it is there. */
print();
