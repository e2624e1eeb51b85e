package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of messages as bytes. Each length is checked against its limit, and against the readable bytes, before it is used. */
final class Fields {

    /** Higher slots, rounds and positions are refused, so that arithmetic on decoded numbers never overflows. */
    static final long MAX_NUMBER = 1L << 62;

    private static final int COMMAND = 1;
    private static final int NO_OP = 2;
    private static final int MEMBERSHIP_CHANGE = 3;

    private Fields() {}

    /** @return from 0 to {@link #MAX_NUMBER} */
    static long readNumber(ByteBuf source, String name) throws MalformedMessageException {
        return readNumber(source, name, 0, MAX_NUMBER);
    }

    static long readNumber(ByteBuf source, String name, long least, long most) throws MalformedMessageException {
        long value = source.readLong();
        if (value < least || value > most) {
            throw new MalformedMessageException("%s is %d, not within %d and %d".formatted(name, value, least, most));
        }
        return value;
    }

    static boolean readFlag(ByteBuf source, String name) throws MalformedMessageException {
        int value = source.readUnsignedByte();
        if (value > 1) {
            throw new MalformedMessageException("%s is %d, which is no boolean".formatted(name, value));
        }
        return value == 1;
    }

    /** @param bytesEach the minimum size of one of them in bytes */
    static int readCount(ByteBuf source, String name, int least, int most, int bytesEach)
            throws MalformedMessageException {
        int count = source.readInt();
        if (count < least || count > most || (long) count * bytesEach > source.readableBytes()) {
            throw new MalformedMessageException("%s: %d announced, but %d to %d are allowed and %d bytes are left"
                    .formatted(name, count, least, most, source.readableBytes()));
        }
        return count;
    }

    static void writeBytes(byte[] bytes, ByteBuf target) {
        target.writeInt(bytes.length).writeBytes(bytes);
    }

    static byte[] readBytes(ByteBuf source, String name, int least, int most) throws MalformedMessageException {
        byte[] bytes = new byte[readCount(source, name, least, most, 1)];
        source.readBytes(bytes);
        return bytes;
    }

    static void writeNode(NodeId node, ByteBuf target) {
        target.writeInt(node.value());
    }

    static NodeId readNode(ByteBuf source) {
        return new NodeId(source.readInt());
    }

    static void writeOptionalNode(@Nullable NodeId node, ByteBuf target) {
        target.writeInt(node == null ? 0 : node.value());
    }

    static @Nullable NodeId readOptionalNode(ByteBuf source) {
        int value = source.readInt();
        return value == 0 ? null : new NodeId(value);
    }

    static void writeBallot(Ballot ballot, ByteBuf target) {
        target.writeLong(ballot.round()).writeInt(ballot.node());
    }

    /** The ballot of a node, or {@link Ballot#ZERO}. */
    static Ballot readBallot(ByteBuf source) throws MalformedMessageException {
        return new Ballot(readNumber(source, "the round of a ballot"), source.readInt());
    }

    static void writeMembership(Membership membership, ByteBuf target) {
        writeNodes(membership.voters(), target);
        writeNodes(membership.learners(), target);
        target.writeInt(membership.highestId());
    }

    static Membership readMembership(ByteBuf source) throws MalformedMessageException {
        return new Membership(readNodes(source, "voters"), readNodes(source, "learners"), source.readInt());
    }

    private static void writeNodes(List<NodeId> nodes, ByteBuf target) {
        target.writeInt(nodes.size());
        nodes.forEach(node -> writeNode(node, target));
    }

    private static List<NodeId> readNodes(ByteBuf source, String name) throws MalformedMessageException {
        int count = readCount(source, name, 0, Membership.MAX_MEMBERS, Integer.BYTES);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(readNode(source));
        }
        return nodes;
    }

    static void writePayload(Payload payload, ByteBuf target) {
        switch (payload) {
            case Payload.Command(byte[] bytes) -> writeBytes(bytes, target.writeByte(COMMAND));
            case Payload.NoOp _ -> target.writeByte(NO_OP);
            case Payload.MembershipChange(long basis, Membership membership) ->
                writeMembership(membership, target.writeByte(MEMBERSHIP_CHANGE).writeLong(basis));
        }
    }

    static Payload readPayload(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        return switch (kind) {
            case COMMAND -> new Payload.Command(readBytes(source, "a command", 0, Payload.Command.MAX_BYTES));
            case NO_OP -> new Payload.NoOp();
            case MEMBERSHIP_CHANGE -> readChange(source);
            default -> throw new MalformedMessageException("%d is no kind of payload".formatted(kind));
        };
    }

    private static Payload readChange(ByteBuf source) throws MalformedMessageException {
        long basis = readNumber(source, "the basis of a change");
        Membership membership = readMembership(source);
        if (membership.voters().isEmpty()) {
            throw new MalformedMessageException("a membership without a voter");
        }
        return new Payload.MembershipChange(basis, membership);
    }
}
