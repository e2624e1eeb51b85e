package io.orderly.lab.coordinator;

/** The ports at which members reach each other. */
interface PeerRoutes {

    /** Without a proxy. */
    PeerRoutes DIRECT = (_, to) -> to.peer();

    /** @return the port that one member connects to in order to reach the other */
    int port(MemberPorts from, MemberPorts to);
}
