package io.orderly.gossip.message;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads messages and their parts. A part that is out of its bounds is an {@link IllegalArgumentException}, an incomplete one a
 * {@link BufferUnderflowException}.
 */
final class FieldReader {

    private static final MessageType[] TYPES = MessageType.values();
    private static final Liveness[] LIVENESS = Liveness.values();

    private final ByteBuffer buffer;

    FieldReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    Message message() {
        MessageType type = constant(TYPES);
        MemberRecord sender = record();
        return switch (type) {
            case PING -> new Message.Ping(sender, buffer.getLong(), text(), list(this::update));
            case ACK -> new Message.Ack(sender, buffer.getLong(), list(this::update));
            case PING_REQUEST -> new Message.PingRequest(sender, buffer.getLong(), text(), list(this::update));
            case DIGEST ->
                new Message.Digest(sender, text(), text(), list(() -> new DigestEntry(text(), version(), claim())));
            case DELTA -> new Message.Delta(sender, list(() -> new Update.State(state())), flag(), list(this::text));
        };
    }

    String text() {
        byte[] bytes = bytes(Byte.toUnsignedInt(buffer.get()));
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private Update update() {
        return flag() ? new Update.About(text(), claim()) : new Update.State(state());
    }

    private MemberState state() {
        return new MemberState(record(), claim());
    }

    private MemberRecord record() {
        var description = new MemberDescription(text(), text(), address(), text(), buffer.getLong());
        return new MemberRecord(description, buffer.getInt(), version());
    }

    private InetSocketAddress address() {
        byte[] bytes = bytes(Byte.toUnsignedInt(buffer.get()));
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), Short.toUnsignedInt(buffer.getShort()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has %d bytes".formatted(bytes.length), e);
        }
    }

    private Version version() {
        return new Version(buffer.getLong(), buffer.getLong());
    }

    private Claim claim() {
        return new Claim(buffer.getLong(), constant(LIVENESS));
    }

    private boolean flag() {
        byte value = buffer.get();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("%d is neither 0 nor 1".formatted(value));
        }
        return value == 1;
    }

    private <T> T constant(T[] constants) {
        int index = Byte.toUnsignedInt(buffer.get());
        if (index >= constants.length) {
            throw new IllegalArgumentException("There is no type %d".formatted(index));
        }
        return constants[index];
    }

    private <T> List<T> list(Supplier<T> element) {
        int count = Byte.toUnsignedInt(buffer.get());
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return elements;
    }

    private byte[] bytes(int length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
