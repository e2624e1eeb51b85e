package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.node.StateMachine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The thread that applies does a bounded amount of work at a time, however large the state is. */
class BoundedWorkTest {

    private final Store store = new Store(new StoreListener() {}, limitsOf(60_000_000));

    private static StoreLimits limitsOf(long maxBytes) {
        StoreLimits d = StoreLimits.DEFAULTS;
        return new StoreLimits(
                maxBytes,
                d.maxKeyBytes(),
                d.maxValueBytes(),
                d.maxOperations(),
                d.maxLeases(),
                d.minLeaseTtlMillis(),
                d.maxLeaseTtlMillis(),
                d.maxSessions(),
                d.maxSessionWindow(),
                d.maxKeptAnswerBytes(),
                d.maxKeptBytes());
    }

    private void put(int key, int valueBytes) {
        assertThat(store.apply(StoreCommand.Put.of(Bytes.utf8("key-" + key), Bytes.of(new byte[valueBytes]))))
                .isInstanceOf(StoreResponse.Put.class);
    }

    /** Counts the bytes that are read. */
    private static final class Counted extends InputStream {

        private final InputStream source;
        private long bytes;

        Counted(byte[] all) {
            source = new ByteArrayInputStream(all);
        }

        @Override
        public int read() throws IOException {
            bytes++;
            return source.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = source.read(target, offset, length);
            bytes += count;
            return count;
        }
    }

    private byte[] snapshot() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (Iterator<byte[]> parts = new StoreMachine(store).snapshot(); parts.hasNext(); ) {
            whole.write(parts.next());
        }
        return whole.toByteArray();
    }

    @Test
    void aStateIsRestoredInStepsAndReplacedAtTheEnd() throws IOException {
        store.apply(new StoreCommand.LeaseGrant(1, 60_000));
        for (int key = 0; key < 20_000; key++) {
            put(key, 10);
        }
        for (int key = 0; key < 10; key++) {
            put(key, 1 << 20);
        }
        store.apply(StoreCommand.Put.of(Bytes.utf8("leased"), Bytes.EMPTY, 1));
        var content = new Counted(snapshot());
        var other = new Store(new StoreListener() {});
        StateMachine.Restoration restoration = new StoreMachine(other).restoration(content);
        int turns = 1;
        for (long before = 0; !restoration.step(); turns++) {
            assertThat(content.bytes - before).as("bytes read in one step").isLessThan(3 << 20);
            before = content.bytes;
            assertThat(other.now().revision()).isEqualTo(1);
        }
        assertThat(turns).isGreaterThan(20_000 / 4_096 * 2 + 10);
        assertThat(other.now().hash()).isEqualTo(store.now().hash());
        assertThat(other.keysOf(1)).isEqualTo(List.of(Bytes.utf8("leased")));
    }

    @Test
    void aPutIntoAFullStoreSweepsABoundedNumberOfEvents() {
        int written = 0;
        while (store.apply(StoreCommand.Put.of(Bytes.utf8("key"), Bytes.EMPTY)) instanceof StoreResponse.Put) {
            written++;
        }
        assertThat(written).isGreaterThan(5 * KeyspaceWriter.SWEEP_EVENTS_IF_FULL);
        store.apply(new StoreCommand.Compact(store.now().revision()));
        long swept = store.snapshot().keyspace.swept();
        long size = store.now().sizeInBytes();
        assertThat(store.apply(StoreCommand.Put.of(Bytes.utf8("key"), Bytes.of(new byte[100_000]))))
                .as("the swept events make enough room for the put")
                .isInstanceOf(StoreResponse.Put.class);
        assertThat(store.snapshot().keyspace.swept() - swept)
                .isBetween((long) KeyspaceWriter.SWEEP_EVENTS_IF_FULL, KeyspaceWriter.SWEEP_EVENTS_IF_FULL + 200L);
        assertThat(store.now().sizeInBytes()).isLessThan(size);
    }
}
