package io.orderly.lab.fault.proxy;

/** One of the two ways through a connection. */
public enum Direction {
    /** From the one who opened the connection: requests. */
    UP,
    /** To the one who opened it: answers. */
    DOWN
}
