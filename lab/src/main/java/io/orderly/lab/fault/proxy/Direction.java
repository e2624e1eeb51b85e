package io.orderly.lab.fault.proxy;

/** A direction of a connection. */
public enum Direction {
    /** From the client to the server: requests. */
    UP,
    /** From the server to the client: responses. */
    DOWN
}
