package io.orderly.lab.conformance;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.util.List;

/** The connection to the participant, and its clock. */
public interface Wire {

    /** The time since an arbitrary moment; does not go back. */
    Duration now();

    /** Sends the record to the topic of commands, after all that were sent before. */
    void send(Outgoing message);

    /** The new records on the topics of replies and dead letters; waits for one, at most as long as given. */
    List<Incoming> receive(Duration atMost);

    /** Where the commands of an order go. */
    int partitionOf(OrderId order);

    /** Whether {@link #restart} is possible. */
    boolean canRestart();

    /**
     * Kills the participant and starts it again, without waiting until it is ready.
     *
     * @throws RestartFailure if that was not possible
     */
    void restart() throws RestartFailure;

    /** The participant could not be killed and started again; the message says why. */
    final class RestartFailure extends Exception {

        public RestartFailure(String message) {
            super(message);
        }
    }
}
