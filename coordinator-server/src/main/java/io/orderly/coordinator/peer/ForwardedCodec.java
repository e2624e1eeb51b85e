package io.orderly.coordinator.peer;

import static io.orderly.coordinator.peer.Fields.readNumber;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.store.ResponseCodec;
import io.orderly.coordinator.store.StoreResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Forwarded requests, their replies, and refusals as bytes. */
final class ForwardedCodec {

    /** A longer text is truncated by the sender. */
    private static final int MAX_TEXT_CHARS = 1_000;

    private static final int UNKNOWN = 11;

    private ForwardedCodec() {}

    static void write(ForwardedRequest request, ByteBuf target) {
        switch (request) {
            case ForwardedRequest.Execute(byte[] command) -> Fields.writeBytes(command, target.writeByte(1));
            case ForwardedRequest.ReadBarrier() -> target.writeByte(2);
            case ForwardedRequest.KeepAlive(long lease) -> target.writeByte(3).writeLong(lease);
            case ForwardedRequest.TimeToLive(long lease) -> target.writeByte(4).writeLong(lease);
            case ForwardedRequest.AllocateTimestamps(int count) ->
                target.writeByte(5).writeInt(count);
            case ForwardedRequest.ChangeMembership(MembershipRequest change) -> write(change, target.writeByte(6));
            case ForwardedRequest.TransferLeadership(NodeId to) -> Fields.writeNode(to, target.writeByte(7));
        }
    }

    static ForwardedRequest readRequest(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        return switch (kind) {
            case 1 -> new ForwardedRequest.Execute(Fields.readBytes(source, "a command", 0, Payload.Command.MAX_BYTES));
            case 2 -> new ForwardedRequest.ReadBarrier();
            case 3 -> new ForwardedRequest.KeepAlive(source.readLong());
            case 4 -> new ForwardedRequest.TimeToLive(source.readLong());
            case 5 -> new ForwardedRequest.AllocateTimestamps(source.readInt());
            case 6 -> new ForwardedRequest.ChangeMembership(readChange(source));
            case 7 -> new ForwardedRequest.TransferLeadership(Fields.readNode(source));
            default -> throw new MalformedMessageException("%d is no kind of request".formatted(kind));
        };
    }

    private static void write(MembershipRequest change, ByteBuf target) {
        target.writeByte(
                switch (change) {
                    case MembershipRequest.AddLearner _ -> 1;
                    case MembershipRequest.Promote _ -> 2;
                    case MembershipRequest.Remove _ -> 3;
                });
        Fields.writeNode(change.node(), target);
    }

    private static MembershipRequest readChange(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        NodeId node = Fields.readNode(source);
        return switch (kind) {
            case 1 -> new MembershipRequest.AddLearner(node);
            case 2 -> new MembershipRequest.Promote(node);
            case 3 -> new MembershipRequest.Remove(node);
            default -> throw new MalformedMessageException("%d is no kind of membership change".formatted(kind));
        };
    }

    static void write(ForwardedReply reply, ByteBuf target) {
        switch (reply) {
            case ForwardedReply.Executed(long slot, StoreResponse response) -> writeExecuted(slot, response, target);
            case ForwardedReply.ReadableAt(long slot) -> target.writeByte(2).writeLong(slot);
            case ForwardedReply.KeptAlive(long ttlMillis) -> target.writeByte(3).writeLong(ttlMillis);
            case ForwardedReply.TimeToLive(long remainingMillis, long ttlMillis) ->
                target.writeByte(4).writeLong(remainingMillis).writeLong(ttlMillis);
            case ForwardedReply.NoSuchLease() -> target.writeByte(5);
            case ForwardedReply.Allocated(TimestampRange range) ->
                target.writeByte(6).writeLong(range.first().toLong()).writeInt(range.count());
            case ForwardedReply.MembershipChanged(long slot) ->
                target.writeByte(7).writeLong(slot);
            case ForwardedReply.LeadershipTransferred() -> target.writeByte(8);
            case ForwardedReply.Refused(Refusal refusal) -> write(refusal, target.writeByte(9));
            case ForwardedReply.RetryLater(Duration delay) ->
                target.writeByte(10).writeLong(delay.toNanos());
            case ForwardedReply.Unknown() -> target.writeByte(UNKNOWN);
        }
    }

    private static void writeExecuted(long slot, StoreResponse response, ByteBuf target) {
        byte[] bytes = ResponseCodec.encode(response, PeerCodec.MAX_RESPONSE_BYTES);
        if (bytes == null) {
            target.writeByte(UNKNOWN);
        } else {
            Fields.writeBytes(bytes, target.writeByte(1).writeLong(slot));
        }
    }

    static ForwardedReply readReply(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        return switch (kind) {
            case 1 ->
                new ForwardedReply.Executed(
                        readNumber(source, "slot"),
                        ResponseCodec.decode(Fields.readBytes(source, "a response", 1, PeerCodec.MAX_RESPONSE_BYTES)));
            case 2 -> new ForwardedReply.ReadableAt(readNumber(source, "slot"));
            case 3 -> new ForwardedReply.KeptAlive(readNumber(source, "ttlMillis"));
            case 4 ->
                new ForwardedReply.TimeToLive(readNumber(source, "remainingMillis"), readNumber(source, "ttlMillis"));
            case 5 -> new ForwardedReply.NoSuchLease();
            case 6 ->
                new ForwardedReply.Allocated(
                        new TimestampRange(HybridTimestamp.fromLong(source.readLong()), source.readInt()));
            case 7 -> new ForwardedReply.MembershipChanged(readNumber(source, "slot"));
            case 8 -> new ForwardedReply.LeadershipTransferred();
            case 9 -> new ForwardedReply.Refused(readRefusal(source));
            case 10 -> new ForwardedReply.RetryLater(Duration.ofNanos(readNumber(source, "delay")));
            case UNKNOWN -> new ForwardedReply.Unknown();
            default -> throw new MalformedMessageException("%d is no kind of reply".formatted(kind));
        };
    }

    private static void write(Refusal refusal, ByteBuf target) {
        switch (refusal) {
            case Refusal.NotLeader(var leader) -> Fields.writeOptionalNode(leader, target.writeByte(1));
            case Refusal.Overloaded() -> target.writeByte(2);
            case Refusal.TooLarge(int size, int limit) ->
                target.writeByte(3).writeInt(size).writeInt(limit);
            case Refusal.Transferring() -> target.writeByte(4);
            case Refusal.ChangeInProgress() -> target.writeByte(5);
            case Refusal.NotCaughtUp(NodeId node, long lagSlots) -> {
                Fields.writeNode(node, target.writeByte(6));
                target.writeLong(lagSlots);
            }
            case Refusal.Invalid(String reason) -> writeText(reason, target.writeByte(7));
            case Refusal.TransferTimedOut(NodeId to) -> Fields.writeNode(to, target.writeByte(8));
            case Refusal.DiskFull() -> target.writeByte(9);
            case Refusal.StateCorrupt() -> target.writeByte(10);
        }
    }

    private static Refusal readRefusal(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        return switch (kind) {
            case 1 -> new Refusal.NotLeader(Fields.readOptionalNode(source));
            case 2 -> new Refusal.Overloaded();
            case 3 -> new Refusal.TooLarge(source.readInt(), source.readInt());
            case 4 -> new Refusal.Transferring();
            case 5 -> new Refusal.ChangeInProgress();
            case 6 -> new Refusal.NotCaughtUp(Fields.readNode(source), readNumber(source, "lagSlots"));
            case 7 -> new Refusal.Invalid(readText(source));
            case 8 -> new Refusal.TransferTimedOut(Fields.readNode(source));
            case 9 -> new Refusal.DiskFull();
            case 10 -> new Refusal.StateCorrupt();
            default -> throw new MalformedMessageException("%d is no kind of refusal".formatted(kind));
        };
    }

    private static void writeText(String text, ByteBuf target) {
        String cut = text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS);
        target.writeInt(ByteBufUtil.utf8Bytes(cut));
        ByteBufUtil.writeUtf8(target, cut);
    }

    private static String readText(ByteBuf source) throws MalformedMessageException {
        byte[] bytes = Fields.readBytes(source, "a text", 0, MAX_TEXT_CHARS * 3);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.length() > MAX_TEXT_CHARS) {
            throw new MalformedMessageException("a text of %d characters".formatted(text.length()));
        }
        return text;
    }
}
