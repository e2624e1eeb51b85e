package io.orderly.coordinator.member;

/** An open watch with flow control. Thread-safe; no method blocks. */
public interface WatchHandle extends AutoCloseable {

    /** The listener can receive this many more responses. */
    void addRoom(int responses);

    /** Requests a progress response, which follows all events so far. */
    void requestProgress();

    /** Closes the watch. The listener may still receive pending responses, and nothing after that. */
    @Override
    void close();
}
