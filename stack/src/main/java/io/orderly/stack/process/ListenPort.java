package io.orderly.stack.process;

/**
 * A port on the loopback interface that a process listens on.
 *
 * @param option the command-line option that selects another port
 */
public record ListenPort(int number, String option, Transport transport) {

    /** Ports of different transports may have the same number. */
    public enum Transport {
        TCP,
        UDP
    }

    /** A port of TCP. */
    public ListenPort(int number, String option) {
        this(number, option, Transport.TCP);
    }
}
