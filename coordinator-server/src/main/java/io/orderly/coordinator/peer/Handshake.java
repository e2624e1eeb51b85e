package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.orderly.coordinator.consensus.NodeId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The exchange on a connection before the first message. The dialling member sends its identity, the member that it expects, and a
 * challenge; the other member repeats that with a verdict and a challenge of its own, which the first one repeats. So a replayed
 * connection or answer is refused, and neither member records the other before its challenge was repeated. The handshake does not
 * authenticate members. TLS does, if it is configured: the certificate of a member must be of an authority that the others
 * trust, and for the host of the address under which they know it, whatever its {@link Hello} says.
 */
sealed interface Handshake {

    /** The version of the handshake and of {@link PeerCodec}. Members with different ones refuse each other. */
    int FORMAT = 2;

    /** No part of a handshake has more bytes. */
    int MAX_BYTES = 512;

    long MAGIC = 0x4f72646572_506565L;
    int MAX_HOST_BYTES = 255;

    /** Writes the part. */
    void write(ByteBuf target);

    /**
     * @param to the member that it expects
     * @param address the address of the sender; not resolved
     * @param challenge any number; a new one for each connection
     */
    record Hello(
            UUID cluster,
            NodeId from,
            NodeId to,
            long incarnation,
            Lane lane,
            InetSocketAddress address,
            long challenge)
            implements Handshake {

        @Override
        public void write(ByteBuf target) {
            String host = address.getHostString();
            writeHead(target);
            target.writeLong(cluster.getMostSignificantBits())
                    .writeLong(cluster.getLeastSignificantBits())
                    .writeInt(from.value())
                    .writeInt(to.value())
                    .writeLong(incarnation)
                    .writeLong(challenge)
                    .writeByte(lane.ordinal())
                    .writeShort(address.getPort())
                    .writeByte(ByteBufUtil.utf8Bytes(host));
            ByteBufUtil.writeUtf8(target, host);
        }

        static Hello read(ByteBuf source) throws MalformedMessageException, OtherFormatException {
            return readWhole(source, () -> {
                UUID cluster = new UUID(source.readLong(), source.readLong());
                NodeId from = Fields.readNode(source);
                NodeId to = Fields.readNode(source);
                long incarnation = source.readLong();
                long challenge = source.readLong();
                Lane lane = Fields.readFlag(source, "the lane") ? Lane.BULK : Lane.URGENT;
                int port = source.readUnsignedShort();
                String host = source.readCharSequence(source.readUnsignedByte(), StandardCharsets.UTF_8)
                        .toString();
                return new Hello(
                        cluster,
                        from,
                        to,
                        incarnation,
                        lane,
                        InetSocketAddress.createUnresolved(host, port),
                        challenge);
            });
        }
    }

    /**
     * @param incarnation of the member that answers; 0 if it does not accept
     * @param repeated the challenge of the hello; 0 if the hello was not understood
     * @param challenge any number; a new one for each connection
     */
    record Answer(Verdict verdict, long incarnation, long repeated, long challenge) implements Handshake {

        @Override
        public void write(ByteBuf target) {
            writeHead(target);
            target.writeByte(verdict.ordinal())
                    .writeLong(incarnation)
                    .writeLong(repeated)
                    .writeLong(challenge);
        }

        static Answer read(ByteBuf source) throws MalformedMessageException, OtherFormatException {
            return readWhole(source, () -> {
                int verdict = source.readUnsignedByte();
                if (verdict >= Verdict.values().length) {
                    throw new MalformedMessageException("%d is no verdict".formatted(verdict));
                }
                return new Answer(Verdict.values()[verdict], source.readLong(), source.readLong(), source.readLong());
            });
        }
    }

    /** @param challenge as received */
    record Confirmation(long challenge) implements Handshake {

        @Override
        public void write(ByteBuf target) {
            writeHead(target);
            target.writeLong(challenge);
        }

        static Confirmation read(ByteBuf source) throws MalformedMessageException, OtherFormatException {
            return readWhole(source, () -> new Confirmation(source.readLong()));
        }
    }

    /** Whether a member accepts the connection of another. The order is part of the format. */
    enum Verdict {
        ACCEPTED("accepted"),
        OTHER_FORMAT("it speaks another version of the peer protocol"),
        OTHER_CLUSTER("it belongs to another cluster"),
        OTHER_MEMBER("the address is that of another member"),
        SAME_MEMBER("both members have the same id"),
        OTHER_INCARNATION(
                "its data folder is not the one that this id had before: a member that lost its folder needs a new id"),
        REMOVED_MEMBER("it was removed from the cluster"),
        OTHER_HOST("its certificate is not for the host of its peer-url"),
        UNKNOWN_MEMBER("no member with its id is known here, so its certificate cannot be verified");

        private final String reason;

        Verdict(String reason) {
            this.reason = reason;
        }

        /** For logs. The subject is the member that dialled. */
        String reason() {
            return reason;
        }
    }

    /** Reads fields. */
    @FunctionalInterface
    interface FieldsReader<T> {

        T read() throws MalformedMessageException;
    }

    private static void writeHead(ByteBuf target) {
        target.writeLong(MAGIC).writeInt(FORMAT);
    }

    /** @throws MalformedMessageException if this is no part of a handshake */
    private static <T> T readWhole(ByteBuf source, FieldsReader<T> fields)
            throws MalformedMessageException, OtherFormatException {
        try {
            if (source.readLong() != MAGIC) {
                throw new MalformedMessageException("it does not begin as a member does");
            }
            int format = source.readInt();
            if (format != FORMAT) {
                throw new OtherFormatException(format);
            }
            T part = fields.read();
            if (source.isReadable()) {
                throw new MalformedMessageException(
                        "a handshake with %d bytes too many".formatted(source.readableBytes()));
            }
            return part;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedMessageException("a handshake is malformed: " + e.getMessage(), e);
        }
    }
}
