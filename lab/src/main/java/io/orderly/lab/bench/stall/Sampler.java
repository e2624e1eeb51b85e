package io.orderly.lab.bench.stall;

import java.time.Instant;
import java.util.List;

/** Looks at a part of the system several times a second. */
interface Sampler extends AutoCloseable {

    /**
     * @param since the look before this one
     * @return what has been going on since then, or is now
     * @throws Exception if there is nothing to be seen
     */
    List<Occurrence> look(Instant since, Instant now) throws Exception;

    @Override
    default void close() {}
}
