package io.orderly.stack.link;

/** How the processes reach each other: directly, or through something in between that can be disturbed. */
public interface Links {

    /** Everybody talks to everybody directly. */
    Links DIRECT = new Links() {

        @Override
        public int portOf(Link link, int targetPort) {
            return targetPort;
        }

        @Override
        public boolean areDirect() {
            return true;
        }
    };

    /**
     * The port of the loopback interface at which the link begins; the same each time it is asked for.
     *
     * @param targetPort where the process at the other end listens
     */
    int portOf(Link link, int targetPort);

    /** Whether nothing is in between, so that nobody needs a listener of his own. */
    default boolean areDirect() {
        return false;
    }
}
