package io.orderly.lab.bench.stall;

import java.time.Instant;
import java.util.List;

/** Samples a component of the system several times a second. */
interface Sampler extends AutoCloseable {

    /**
     * @param since the previous sample
     * @return the occurrences since then
     * @throws Exception if the component cannot be sampled
     */
    List<Occurrence> sample(Instant since, Instant now) throws Exception;

    @Override
    default void close() {}
}
