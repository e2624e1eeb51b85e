package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import org.jspecify.annotations.Nullable;

/** A client with a session. It renews the lease of the session, and opens a new one if the session ends. */
abstract class SessionClient extends StoreClient {

    private final String holderName;
    private final long ttlMillis;
    private @Nullable LeaseHolder holder;
    private long session;
    private long sequence;

    SessionClient(StoreWorkload workload, String name, String holderName, long thinkMicrosMax, long ttlMillis) {
        super(workload, name, thinkMicrosMax);
        this.holderName = holderName;
        this.ttlMillis = ttlMillis;
    }

    /** Its session has ended. */
    abstract void sessionEnded();

    /** Opens a session, with retries, and then starts the first operation after a pause. */
    final void open() {
        if (holder != null) {
            holder.stop();
        }
        session = context.random().nextLong(1, Long.MAX_VALUE);
        sequence = 0;
        holder = new LeaseHolder(workload, holderName, session, ttlMillis, this::sessionEnded);
        holder.grant(() -> this.<StoreResponse>call(
                (server, answer) -> server.execute(new StoreCommand.SessionOpen(session), answer),
                Long.MAX_VALUE,
                answer -> {
                    if (answer instanceof StoreResponse.Done) {
                        think();
                    } else {
                        open();
                    }
                },
                _ -> {}));
    }

    final long session() {
        return session;
    }

    /** The number of the next request in this session. */
    final long nextInSession() {
        return ++sequence;
    }

    /** Whether the client may rely on its session. */
    final boolean isKept() {
        return holder != null && holder.isValid();
    }

    /** Pauses the renewals of the session. */
    final void pauseFor(long micros) {
        if (holder != null) {
            holder.pauseFor(micros);
        }
    }
}
