package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key of an attempt in a queue: {@code <prefix><lease>/<attempt>}, both in hexadecimal. A lease has one key in a queue at a
 * time: an attempt that finds the key of an earlier attempt of its lease continues with that.
 *
 * @param prefix of all keys of the queue, and of no other keys
 * @param lease of the client, to which its key is attached
 * @param attempt unique among those of the same lease
 */
public record QueueKey(Bytes prefix, long lease, long attempt) {

    /** @throws IllegalArgumentException if the prefix is empty, or there is no lease */
    public QueueKey {
        if (prefix.isEmpty() || lease == 0) {
            throw new IllegalArgumentException("prefix '%s', lease %d".formatted(prefix, lease));
        }
    }

    public Bytes key() {
        return afterPrefix("%x/%x".formatted(lease, attempt));
    }

    /** The keys of all attempts of the same lease. */
    KeyRange ofLease() {
        return KeyRange.startingWith(afterPrefix("%x/".formatted(lease)));
    }

    private Bytes afterPrefix(String rest) {
        byte[] head = prefix.toByteArray();
        byte[] tail = rest.getBytes(StandardCharsets.US_ASCII);
        byte[] key = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, key, head.length, tail.length);
        return Bytes.of(key);
    }

    KeyRange queue() {
        return KeyRange.startingWith(prefix);
    }
}
