package io.orderly.coordinator.client;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/**
 * Ranges of timestamps by compare-and-set of a key, whose value is the highest that was allocated. Each range begins after the previous
 * one, and not before the wall clock of the client that allocates it. A clock that is ahead moves the timestamps of all clients ahead.
 * Unlike the timestamp service, each range costs a write.
 */
final class KeyTimestamps implements TimestampSource {

    static final Bytes KEY = Bytes.utf8("orderly/timestamps");

    private final Writes writes;
    private final ClientSettings settings;
    private final Environment environment;

    /** The last known version of the key; it may be outdated, which the compare detects. */
    private Seen seen = new Seen(0, 0);

    KeyTimestamps(Writes writes, ClientSettings settings, Environment environment) {
        this.writes = writes;
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public synchronized long allocate(int count) {
        long began = environment.nanoTime().getAsLong();
        while (true) {
            long first = first(seen.highest, environment.wallClock().millis());
            long last = Math.addExact(first, count - 1);
            switch (writes.executeUnguarded(raise(seen, last), Repetition.UNSAFE)) {
                case WriteOutcome.Applied(long revision, boolean succeeded, var answers) -> {
                    if (succeeded) {
                        seen = new Seen(revision, last);
                        return first;
                    }
                    seen = answers.map(KeyTimestamps::read).orElseGet(() -> new Seen(0, 0));
                }
                case WriteOutcome.NotApplied(var reason) ->
                    throw new CoordinatorException("no timestamps were allocated: " + reason);
                // the range may be allocated, and stays unused
                case WriteOutcome.Unknown _ -> {}
            }
            if (environment.nanoTime().getAsLong() - began > settings.timeout().toNanos()) {
                throw new CoordinatorException("no timestamps were allocated within " + settings.timeout());
            }
        }
    }

    /** The first timestamp of a range that follows {@code highest}. */
    static long first(long highest, long wallMillis) {
        return Math.max(highest + 1, new HybridTimestamp(wallMillis, 0).toLong());
    }

    private static StoreCommand.Txn raise(Seen seen, long last) {
        return new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(KEY, seen.modRevision)),
                List.of(StoreCommand.Put.of(KEY, Bytes.utf8(Long.toString(last)))),
                List.of(Operation.Range.of(KEY)));
    }

    private static Seen read(List<StoreResponse> answers) {
        List<KeyValue> found = ((StoreResponse.Range) answers.getFirst()).keyValues();
        if (found.isEmpty()) {
            return new Seen(0, 0);
        }
        KeyValue key = found.getFirst();
        return new Seen(key.modRevision(), Long.parseLong(key.value().toUtf8()));
    }

    private record Seen(long modRevision, long highest) {}
}
