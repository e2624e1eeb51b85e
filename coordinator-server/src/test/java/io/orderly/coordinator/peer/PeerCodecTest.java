package io.orderly.coordinator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PeerCodecTest {

    private static final Ballot BALLOT = new Ballot(1, 1);
    private static final Message.LeaderMarks MARKS = new Message.LeaderMarks(0, 0, 0);

    @Property(tries = 200)
    void decodesWhatWasEncoded(@ForAll long seed) throws MalformedMessageException {
        var messages = new RandomMessages(new SplittableRandom(seed));
        for (int kind = 0; kind < RandomMessages.KINDS; kind++) {
            PeerMessage message = messages.ofKind(kind);
            assertThat(decode(encode(message))).usingRecursiveComparison().isEqualTo(message);
        }
    }

    @Example
    void truncatedOrExtendedBytesAreNoMessage() {
        var messages = new RandomMessages(new SplittableRandom(1));
        for (int kind = 0; kind < RandomMessages.KINDS; kind++) {
            byte[] bytes = encode(messages.ofKind(kind));
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> decode(cut)).isInstanceOf(MalformedMessageException.class);
            }
            assertThatThrownBy(() -> decode(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    /** Sets every byte to typical wrong values, and flips each of its bits. */
    @Property(tries = 20)
    void anyChangedByteIsRefusedOrGivesAValidMessage(@ForAll long seed) {
        var messages = new RandomMessages(new SplittableRandom(seed));
        for (int kind = 0; kind < RandomMessages.KINDS; kind++) {
            byte[] bytes = encode(messages.ofKind(kind));
            for (int at = 0; at < bytes.length; at++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    assertRefusedOrValid(changed(bytes, at, (byte) (bytes[at] ^ 1 << bit)));
                }
                assertRefusedOrValid(changed(bytes, at, (byte) 0x7f));
                assertRefusedOrValid(changed(bytes, at, (byte) 0xff));
            }
        }
    }

    private static byte[] changed(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static void assertRefusedOrValid(byte[] bytes) {
        try {
            byte[] understood = encode(decode(bytes));
            if (!Arrays.equals(encode(decode(understood)), understood)) {
                throw new AssertionError("differs after it is encoded again: " + decode(understood));
            }
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    /** A length prefix may exceed neither the limit nor the bytes that follow. */
    @Example
    void lengthPrefixesAllocateNoMemory() {
        byte[] accept = encode(new PeerMessage.Consensus(
                new Message.Accept(BALLOT, 1, List.of(new Payload.Command(new byte[] {1, 2, 3})), MARKS)));
        int count = accept.length - 3 - 4 - 1 - 4;
        int length = accept.length - 3 - 4;
        for (int at : List.of(count, length)) {
            for (int announced : List.of(-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24)) {
                ByteBuf changed = Unpooled.copiedBuffer(accept).setInt(at, announced);
                assertThatThrownBy(() -> PeerCodec.decode(changed))
                        .isInstanceOf(MalformedMessageException.class)
                        .hasMessageContaining("announced");
            }
        }
    }

    /** A replica does not check decoded messages: these would cause wrong counts or violate an invariant. */
    @Example
    void messagesThatNoReplicaSendsAreRefused() {
        List.of(
                        new Message.PreVote(Ballot.ZERO),
                        new Message.Prepare(BALLOT, 0),
                        new Message.Accepted(BALLOT, -1),
                        new Message.LogGap(BALLOT, Long.MAX_VALUE),
                        new Message.Accept(BALLOT, 1, List.of(), MARKS),
                        new Message.Accept(BALLOT, 0, List.of(new Payload.NoOp()), MARKS),
                        new Message.Decided(BALLOT, new Message.LeaderMarks(-1, 0, 0)),
                        new Message.Promise(BALLOT, 5, 0, 0, List.of(new Entry(5, BALLOT, new Payload.NoOp())), 4),
                        new Message.SnapshotRequest(BALLOT, 1, 0, 0),
                        new Message.SnapshotRequest(BALLOT, 1, 0, Message.SnapshotRequest.MAX_BYTES + 1),
                        new Message.SnapshotRequest(BALLOT, 1, -1, 1))
                .forEach(message -> assertThatThrownBy(() -> decode(encode(new PeerMessage.Consensus(message))))
                        .describedAs(message.toString())
                        .isInstanceOf(MalformedMessageException.class));
    }

    @Example
    void theLargestMessagesFit() throws MalformedMessageException {
        var command = new Payload.Command(new byte[Message.MAX_BATCH_BYTES / Message.MAX_BATCH_ENTRIES]);
        List<Payload> payloads = Collections.nCopies(Message.MAX_BATCH_ENTRIES, command);
        assertFits(new PeerMessage.Consensus(new Message.Accept(BALLOT, 1, payloads, MARKS)));
        assertFits(new PeerMessage.Consensus(new Message.Accept(
                BALLOT, 1, List.of(new Payload.Command(new byte[Payload.Command.MAX_BYTES])), MARKS)));
    }

    private static void assertFits(PeerMessage message) throws MalformedMessageException {
        byte[] bytes = encode(message);
        assertThat(bytes.length).isLessThanOrEqualTo(PeerCodec.MAX_BYTES);
        assertThat(decode(bytes)).isEqualTo(message);
    }

    @Property(tries = 200)
    void theEstimateOfASizeIsClose(@ForAll long seed) {
        PeerMessage message = new RandomMessages(new SplittableRandom(seed)).next();
        assertThat(PeerCodec.sizeOf(message)).isBetween(encode(message).length - 100, encode(message).length + 500);
    }

    @Example
    void aResponseThatIsTooLargeArrivesAsUnknown() throws MalformedMessageException {
        var large = new KeyValue(Bytes.utf8("k"), Bytes.wrap(new byte[1 << 20]), 1, 1, 1, 0);
        var response = new StoreResponse.Range(9, Collections.nCopies(5, large), false, 5);
        var reply = new PeerMessage.Reply(7, new ForwardedReply.Executed(3, response));
        assertThat(decode(encode(reply))).isEqualTo(new PeerMessage.Reply(7, new ForwardedReply.Unknown()));
        assertThat(PeerCodec.sizeOf(reply)).isLessThan(PeerCodec.MAX_BYTES);
    }

    private static byte[] encode(PeerMessage message) {
        ByteBuf target = Unpooled.buffer();
        PeerCodec.encode(message, target);
        return Arrays.copyOf(target.array(), target.readableBytes());
    }

    private static PeerMessage decode(byte[] bytes) throws MalformedMessageException {
        return PeerCodec.decode(Unpooled.wrappedBuffer(bytes));
    }
}
