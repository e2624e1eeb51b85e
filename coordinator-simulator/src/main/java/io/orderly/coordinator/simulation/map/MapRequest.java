package io.orderly.coordinator.simulation.map;

import io.orderly.coordinator.simulation.history.MapCommand;
import java.nio.ByteBuffer;

/**
 * A command in the log. A client that received no response sends the same request again, and it takes effect once.
 *
 * @param operation number of the operation in the history; grows with every operation of a client
 */
public record MapRequest(int client, int operation, int key, MapCommand command) {

    private static final int LENGTH = 3 * Integer.BYTES + Byte.BYTES + 2 * Long.BYTES;

    public byte[] encode() {
        ByteBuffer buffer =
                ByteBuffer.allocate(LENGTH).putInt(client).putInt(operation).putInt(key);
        switch (command) {
            case MapCommand.Get _ -> buffer.put((byte) 0);
            case MapCommand.Put put -> buffer.put((byte) 1).putLong(put.value());
            case MapCommand.Add add -> buffer.put((byte) 2).putLong(add.amount());
            case MapCommand.CompareAndSet cas ->
                buffer.put((byte) 3).putLong(cas.expected()).putLong(cas.value());
        }
        return buffer.array();
    }

    public static MapRequest decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int client = buffer.getInt();
        int operation = buffer.getInt();
        int key = buffer.getInt();
        return new MapRequest(
                client,
                operation,
                key,
                switch (buffer.get()) {
                    case 0 -> new MapCommand.Get();
                    case 1 -> new MapCommand.Put(buffer.getLong());
                    case 2 -> new MapCommand.Add(buffer.getLong());
                    case 3 -> new MapCommand.CompareAndSet(buffer.getLong(), buffer.getLong());
                    default -> throw new IllegalArgumentException("no request");
                });
    }
}
