package io.orderly.coordinator.client;

import java.util.List;

/** A cluster of three members, which a test can kill and pause. */
public interface Members extends AutoCloseable {

    List<String> endpoints();

    void kill(int member);

    /** Starts a member that was killed, with its data. */
    void restart(int member);

    /** From now on no member answers, and connections stay open. */
    void pause();

    void resume();

    @Override
    void close();
}
