package io.orderly.coordinator.simulation.map;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replicated state: a number for each key, and the last request of each client with its result, so that a request that is sent twice
 * takes effect once. Its fingerprint covers the content and all applied entries.
 */
public final class ReplicatedMap {

    private record LastRequest(int operation, long result) {}

    private final Map<Integer, Long> values = new TreeMap<>();
    private final Map<Integer, LastRequest> clients = new TreeMap<>();
    private long past;
    private long content;

    /** Whether the request took effect before, or never will because its client has sent a later one. */
    public boolean isApplied(MapRequest request) {
        LastRequest last = clients.get(request.client());
        return last != null && request.operation() <= last.operation();
    }

    /** @return the result; for a repeated request, that of the first time */
    public long apply(long index, MapRequest request) {
        past = mix(past ^ mix(index) ^ mix(request.hashCode()));
        LastRequest last = clients.get(request.client());
        if (last != null && isApplied(request)) {
            return last.result();
        }
        long current = get(request.key());
        long next = request.command().next(current);
        long result = request.command().answer(current);
        values.put(request.key(), next);
        clients.put(request.client(), new LastRequest(request.operation(), result));
        content ^= mix(request.key() ^ mix(current)) ^ mix(request.key() ^ mix(next));
        past = mix(past ^ result);
        return result;
    }

    /** Adds an entry without a request to the fingerprint. */
    public void pass(long index) {
        past = mix(past ^ mix(index));
    }

    public long get(int key) {
        return values.getOrDefault(key, 0L);
    }

    /** Equal on two nodes that have applied the same entries. */
    public long fingerprint() {
        return past ^ mix(content);
    }

    public byte[] snapshot() {
        ByteBuffer buffer = ByteBuffer.allocate(24 + 12 * values.size() + 16 * clients.size());
        buffer.putLong(past).putLong(content).putInt(values.size()).putInt(clients.size());
        values.forEach((key, value) -> buffer.putInt(key).putLong(value));
        clients.forEach(
                (client, last) -> buffer.putInt(client).putInt(last.operation()).putLong(last.result()));
        return buffer.array();
    }

    public static ReplicatedMap restore(byte[] snapshot) {
        ReplicatedMap map = new ReplicatedMap();
        ByteBuffer buffer = ByteBuffer.wrap(snapshot);
        map.past = buffer.getLong();
        map.content = buffer.getLong();
        int values = buffer.getInt();
        int clients = buffer.getInt();
        for (int i = 0; i < values; i++) {
            map.values.put(buffer.getInt(), buffer.getLong());
        }
        for (int i = 0; i < clients; i++) {
            map.clients.put(buffer.getInt(), new LastRequest(buffer.getInt(), buffer.getLong()));
        }
        return map;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
