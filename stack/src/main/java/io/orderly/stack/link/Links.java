package io.orderly.stack.link;

/** How the processes connect to each other: directly, or through proxies. */
public interface Links {

    /** Direct connections. */
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
     * The port on the loopback interface to connect to; the same for each call.
     *
     * @param targetPort the port that the target process listens on
     */
    int portOf(Link link, int targetPort);

    /** Whether all links are direct, so that the broker needs no separate listener per service. */
    default boolean areDirect() {
        return false;
    }
}
