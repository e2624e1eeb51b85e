package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Payloads as bytes. A command is its own bytes, a no-op has none. */
final class PayloadCodec {

    private static final byte[] NOTHING = {};

    private PayloadCodec() {}

    static RecordType typeOf(Payload payload) {
        return switch (payload) {
            case Payload.Command command -> RecordType.COMMAND;
            case Payload.NoOp noOp -> RecordType.NO_OP;
            case Payload.MembershipChange change -> RecordType.MEMBERSHIP;
        };
    }

    static byte[] encode(Payload payload) {
        return switch (payload) {
            case Payload.Command(byte[] bytes) -> bytes;
            case Payload.NoOp noOp -> NOTHING;
            case Payload.MembershipChange(long basis, Membership membership) -> {
                ByteBuffer target = ByteBuffer.allocate(Long.BYTES + sizeOf(membership));
                target.putLong(basis);
                encode(membership, target);
                yield target.array();
            }
        };
    }

    /** @throws IllegalArgumentException if the bytes are no payload of the type */
    static Payload decode(RecordType type, byte[] bytes) {
        return switch (type) {
            case COMMAND -> new Payload.Command(bytes);
            case NO_OP -> new Payload.NoOp();
            case MEMBERSHIP -> decodeChange(ByteBuffer.wrap(bytes));
            case TAIL_CUT, COMMIT_MARK, LOW_WATER_MARK, SEAL ->
                throw new IllegalArgumentException(type + " has no payload");
        };
    }

    private static Payload decodeChange(ByteBuffer source) {
        if (source.remaining() < Long.BYTES) {
            throw new IllegalArgumentException("a change of members ends too soon");
        }
        return new Payload.MembershipChange(source.getLong(), decodeMembership(source));
    }

    static int sizeOf(Membership membership) {
        return Integer.BYTES
                * (3 + membership.voters().size() + membership.learners().size());
    }

    static void encode(Membership membership, ByteBuffer target) {
        encode(membership.voters(), target);
        encode(membership.learners(), target);
        target.putInt(membership.highestId());
    }

    private static void encode(List<NodeId> nodes, ByteBuffer target) {
        target.putInt(nodes.size());
        nodes.forEach(node -> target.putInt(node.value()));
    }

    /** @throws IllegalArgumentException if this is no membership */
    static Membership decodeMembership(ByteBuffer source) {
        try {
            return new Membership(decodeNodes(source), decodeNodes(source), source.getInt());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a membership ends too soon", e);
        }
    }

    private static List<NodeId> decodeNodes(ByteBuffer source) {
        int count = source.getInt();
        if (count < 0 || count > Membership.MAX_MEMBERS) {
            throw new IllegalArgumentException("a membership of " + count);
        }
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(source.getInt()));
        }
        return nodes;
    }
}
