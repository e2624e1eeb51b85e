package io.orderly.stack.process;

/**
 * A TCP port on the loopback interface that a process listens on.
 *
 * @param option the command-line option that selects another port
 */
public record ListenPort(int number, String option) {}
