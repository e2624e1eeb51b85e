package io.orderly.backends;

import java.io.IOException;

/** A program that finds a free port, prints it, and runs until its input ends. */
class PortFinder {

    public static void main(String[] args) throws IOException {
        System.out.println(FreePort.find());
        System.in.read();
    }
}
