package io.orderly.coordinator.client;

import java.util.List;

/** A cluster of three members that a test may harm. */
public interface Members extends AutoCloseable {

    List<String> endpoints();

    void kill(int member);

    /** Starts a member that was killed, with its data. */
    void restart(int member);

    /** Stops the processes of all members, without ending them. */
    void pause();

    void resume();

    @Override
    void close();
}
