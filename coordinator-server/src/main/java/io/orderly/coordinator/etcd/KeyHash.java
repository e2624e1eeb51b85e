package io.orderly.coordinator.etcd;

import io.orderly.coordinator.store.KeyValue;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.CRC32C;

/** A hash of keys, the same on members that have the same keys. It is not etcd's, which depends on its file format. */
final class KeyHash {

    private KeyHash() {}

    /** @param keyValues in the order of their keys */
    static int of(Iterator<KeyValue> keyValues) {
        CRC32C hash = new CRC32C();
        ByteBuffer numbers = ByteBuffer.allocate(2 * Integer.BYTES + 4 * Long.BYTES);
        keyValues.forEachRemaining(one -> {
            numbers.clear()
                    .putInt(one.key().size())
                    .putInt(one.value().size())
                    .putLong(one.createRevision())
                    .putLong(one.modRevision())
                    .putLong(one.version())
                    .putLong(one.lease());
            hash.update(numbers.array());
            hash.update(one.key().content());
            hash.update(one.value().content());
        });
        return (int) hash.getValue();
    }
}
