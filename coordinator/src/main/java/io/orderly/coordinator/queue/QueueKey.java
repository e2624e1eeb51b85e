package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key by which an attempt stands in line: {@code <prefix><lease>/<attempt>}, both in hexadecimal. A lease has one key in a line at a
 * time: an attempt that finds one of an earlier attempt of its lease goes on with that.
 *
 * @param prefix of all keys of the line, and of no other keys
 * @param lease of the client, by which its key lives
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

    KeyRange line() {
        return KeyRange.startingWith(prefix);
    }
}
