package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.MalformedException;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/**
 * The binary form of messages between members. Numbers have a fixed size, most significant byte first; lengths and counts precede their
 * content. {@link Handshake#FORMAT} is its version.
 */
final class PeerCodec {

    /** No message has more bytes. It has room for the largest batch that a replica may send, including the overhead of each entry. */
    static final int MAX_BYTES = 8 << 20;

    /**
     * A larger response to a forwarded command arrives as {@link ForwardedReply.Unknown}: it has taken effect, but is too large to be sent.
     */
    static final int MAX_RESPONSE_BYTES = 4 << 20;

    /** The approximate size of the fields of a message without its payloads. */
    private static final int OVERHEAD_BYTES = 96;

    private static final int CONSENSUS = 1;
    private static final int REQUEST = 2;
    private static final int REPLY = 3;
    private static final int REPORT = 4;

    private PeerCodec() {}

    /** @throws IllegalArgumentException if no member would accept the message */
    static void encode(PeerMessage message, ByteBuf target) {
        switch (message) {
            case PeerMessage.Consensus(Message inner) -> ConsensusCodec.write(inner, target.writeByte(CONSENSUS));
            case PeerMessage.Request(long id, ForwardedRequest request) ->
                ForwardedCodec.write(request, target.writeByte(REQUEST).writeLong(id));
            case PeerMessage.Reply(long id, ForwardedReply reply) ->
                ForwardedCodec.write(reply, target.writeByte(REPLY).writeLong(id));
            case PeerMessage.Report(StateHash state, boolean isDiskLow) ->
                target.writeByte(REPORT)
                        .writeLong(state.slot())
                        .writeLong(state.hash())
                        .writeBoolean(isDiskLow);
        }
    }

    /**
     * Decodes all readable bytes. Every field is checked, so a replica can handle the message without further checks.
     *
     * @throws MalformedMessageException if the bytes are not exactly one message
     */
    static PeerMessage decode(ByteBuf source) throws MalformedMessageException {
        try {
            int kind = source.readUnsignedByte();
            PeerMessage message = switch (kind) {
                case CONSENSUS -> new PeerMessage.Consensus(ConsensusCodec.read(source));
                case REQUEST -> new PeerMessage.Request(source.readLong(), ForwardedCodec.readRequest(source));
                case REPLY -> new PeerMessage.Reply(source.readLong(), ForwardedCodec.readReply(source));
                case REPORT ->
                    new PeerMessage.Report(
                            new StateHash(Fields.readNumber(source, "slot"), source.readLong()),
                            Fields.readFlag(source, "isDiskLow"));
                default -> throw new MalformedMessageException("%d is no kind of message".formatted(kind));
            };
            if (source.isReadable()) {
                throw new MalformedMessageException("%d bytes left after the end".formatted(source.readableBytes()));
            }
            return message;
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedMessageException("it ends too early", e);
        } catch (IllegalArgumentException | MalformedException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The approximate size of a message in bytes. It is cheap to compute, so that a sender can limit waiting messages before they are
     * encoded.
     */
    static int sizeOf(PeerMessage message) {
        return OVERHEAD_BYTES
                + switch (message) {
                    case PeerMessage.Consensus(Message.Accept accept) ->
                        accept.payloads().stream().mapToInt(PeerCodec::sizeOf).sum();
                    case PeerMessage.Consensus(Message.Promise promise) ->
                        promise.entries().stream()
                                        .mapToInt(entry -> sizeOf(entry.payload()))
                                        .sum()
                                + 16 * promise.corrupt().size();
                    case PeerMessage.Consensus(Message.SnapshotChunk chunk) -> chunk.bytes().length;
                    case PeerMessage.Consensus _ -> 0;
                    case PeerMessage.Request(long _, ForwardedRequest.Execute(byte[] command)) -> command.length;
                    case PeerMessage.Reply(long _, ForwardedReply.Executed(long _, StoreResponse response)) ->
                        (int) Math.min(sizeOf(response), MAX_RESPONSE_BYTES);
                    case PeerMessage.Request _, PeerMessage.Reply _, PeerMessage.Report _ -> 0;
                };
    }

    private static int sizeOf(Payload payload) {
        return 20 + payload.sizeInBytes();
    }

    private static long sizeOf(StoreResponse response) {
        return switch (response) {
            case StoreResponse.Put(long _, var previous) -> previous == null ? 0 : sizeOf(previous);
            case StoreResponse.DeleteRange(long _, long _, var previous) -> sizeOf(previous);
            case StoreResponse.Range(long _, var keyValues, boolean _, long _) -> sizeOf(keyValues);
            case StoreResponse.Txn(long _, boolean _, var answers) ->
                answers.stream().mapToLong(PeerCodec::sizeOf).sum() + 8L * answers.size();
            case StoreResponse.LeasesKeptAlive(long _, var leases) -> 16L * leases.size();
            case StoreResponse.LeaseGranted _,
                    StoreResponse.TimestampBound _,
                    StoreResponse.Done _,
                    StoreResponse.ResponseNotKept _,
                    StoreResponse.Refused _ -> 0;
        };
    }

    private static long sizeOf(List<KeyValue> keyValues) {
        return keyValues.stream().mapToLong(PeerCodec::sizeOf).sum();
    }

    private static long sizeOf(KeyValue keyValue) {
        return 32L + keyValue.key().size() + keyValue.value().size();
    }
}
