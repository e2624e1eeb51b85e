package io.orderly.gossip.message;

import io.orderly.gossip.member.MemberText;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The binary form of messages: two bytes {@code OG}, the version of the protocol, the name of the cluster, the type, the sender's record,
 * the content, and a CRC-32C of everything before it. Numbers are big-endian and of fixed length; a text has its length in one byte before it.
 *
 * <p>The checksum detects damage, and is no protection against forgery.
 */
public final class MessageCodec {

    private static final short MAGIC = 'O' << 8 | 'G';
    private static final byte PROTOCOL_VERSION = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private final String cluster;

    /**
     * @param cluster the name of the cluster; messages of other clusters are refused
     * @throws IllegalArgumentException if it is not a name
     */
    public MessageCodec(String cluster) {
        this.cluster = MemberText.requireName("cluster", cluster);
    }

    /** @throws IllegalArgumentException if the message is longer than {@link WireSize#MESSAGE_MAX} */
    public byte[] encode(Message message) {
        ByteBuffer buffer = ByteBuffer.allocate(WireSize.MESSAGE_MAX);
        try {
            var writer = new FieldWriter(buffer);
            buffer.putShort(MAGIC).put(PROTOCOL_VERSION);
            writer.text(cluster);
            writer.message(message);
            buffer.putInt(checksum(buffer.array(), buffer.position()));
        } catch (BufferOverflowException e) {
            throw new IllegalArgumentException(
                    "The message is longer than %d bytes: %s"
                            .formatted(WireSize.MESSAGE_MAX, message.getClass().getSimpleName()),
                    e);
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /**
     * Reads a message.
     *
     * @param datagram from its position to its limit
     * @throws MalformedMessageException if it is not a valid message of this cluster
     */
    public Message decode(ByteBuffer datagram) throws MalformedMessageException {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if (bytes.length > WireSize.MESSAGE_MAX) {
            throw new MalformedMessageException("it has %d bytes".formatted(bytes.length), false);
        }
        int content = bytes.length - CHECKSUM_BYTES;
        if (content < 0 || ByteBuffer.wrap(bytes).getInt(content) != checksum(bytes, content)) {
            throw new MalformedMessageException("its checksum is wrong", false);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, content);
        try {
            var reader = new FieldReader(buffer);
            if (buffer.getShort() != MAGIC) {
                throw new MalformedMessageException("it does not begin with OG", false);
            }
            if (buffer.get() != PROTOCOL_VERSION || !reader.text().equals(cluster)) {
                throw new MalformedMessageException("it is of another cluster or version", true);
            }
            Message message = reader.message();
            if (buffer.hasRemaining()) {
                throw new MalformedMessageException("there is something after its end", false);
            }
            return message;
        } catch (BufferUnderflowException _) {
            throw new MalformedMessageException("it is incomplete", false);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()), false);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
