package io.orderly.gossip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MessageCodecPropertyTest {

    private final MessageCodec codec = new MessageCodec("cluster");

    @Property(tries = 300)
    void aMessageIsReadAsItWasWritten(@ForAll("messages") Message message) throws MalformedMessageException {
        byte[] bytes = codec.encode(message);
        assertThat(bytes.length).isLessThanOrEqualTo(WireSize.MESSAGE_MAX);
        assertThat(codec.decode(ByteBuffer.wrap(bytes))).isEqualTo(message);
    }

    @Property(tries = 30)
    void everyTruncatedMessageIsRefused(@ForAll("messages") Message message) {
        byte[] bytes = codec.encode(message);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(truncated)))
                    .isInstanceOf(MalformedMessageException.class);
            isRefusedOrValid(withChecksum(truncated));
        }
    }

    @Property(tries = 10)
    void everyFlippedBitIsRefused(@ForAll("messages") Message message) {
        byte[] bytes = codec.encode(message);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(flipped)))
                    .isInstanceOf(MalformedMessageException.class);
            // as by a sender that writes it on purpose
            isRefusedOrValid(withChecksum(Arrays.copyOf(flipped, flipped.length - 4)));
        }
    }

    @Property(tries = 200)
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        isRefusedOrValid(bytes);
        isRefusedOrValid(withChecksum(bytes));
    }

    @Property(tries = 100)
    void sizesAreThoseOfWhatIsWritten(@ForAll("updates") Update update) {
        var empty = new Message.Ping(record("sender"), 1, "target", List.of());
        var message = new Message.Ping(record("sender"), 1, "target", List.of(update));
        assertThat(codec.encode(message).length - codec.encode(empty).length).isEqualTo(WireSize.of(update));
        assertThat(codec.encode(empty).length)
                .isLessThanOrEqualTo(WireSize.MESSAGE_MAX - WireSize.available("cluster", record("sender"), "target"));
    }

    @Test
    void messagesOfOtherClustersAndVersionsAreForeign() {
        byte[] bytes = codec.encode(new Message.Ping(record("sender"), 1, "", List.of()));
        assertThatThrownBy(() -> new MessageCodec("other").decode(ByteBuffer.wrap(bytes)))
                .asInstanceOf(type(MalformedMessageException.class))
                .matches(MalformedMessageException::isForeign);
        byte[] later = Arrays.copyOf(bytes, bytes.length - 4);
        later[2]++;
        assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(withChecksum(later))))
                .asInstanceOf(type(MalformedMessageException.class))
                .matches(MalformedMessageException::isForeign);
    }

    @Test
    void oversizedMessagesAreNeitherWrittenNorRead() {
        var states = Collections.nCopies(50, new Update.State(new MemberState(record("member"), Claim.NONE)));
        var message = new Message.Delta(record("sender"), states, false, List.of());
        assertThatThrownBy(() -> codec.encode(message)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(withChecksum(new byte[WireSize.MESSAGE_MAX]))))
                .isInstanceOf(MalformedMessageException.class);
    }

    /** Any other exception fails the test. */
    private void isRefusedOrValid(byte[] bytes) {
        try {
            Message message = codec.decode(ByteBuffer.wrap(bytes));
            assertThat(codec.encode(message)).isNotEmpty();
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("[^\\n]+");
        }
    }

    private static byte[] withChecksum(byte[] content) {
        var checksum = new CRC32C();
        checksum.update(content);
        return ByteBuffer.allocate(content.length + 4)
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<List<Update>> updates = updates().list().ofMaxSize(5);
        Arbitrary<List<DigestEntry>> entries = Combinators.combine(names(), versions(), claims())
                .as(DigestEntry::new)
                .list()
                .ofMaxSize(8);
        Arbitrary<List<Update.State>> states =
                states().map(Update.State::new).list().ofMaxSize(4);
        return Arbitraries.oneOf(
                Combinators.combine(records(), Arbitraries.longs(), names(), updates)
                        .as(Message.Ping::new),
                Combinators.combine(records(), Arbitraries.longs(), updates).as(Message.Ack::new),
                Combinators.combine(records(), Arbitraries.longs(), names(), updates)
                        .as(Message.PingRequest::new),
                Combinators.combine(records(), names(), Arbitraries.of("", "m"), entries)
                        .as(Message.Digest::new),
                Combinators.combine(
                                records(),
                                states,
                                Arbitraries.of(true, false),
                                names().list().ofMaxSize(4))
                        .as(Message.Delta::new));
    }

    @Provide
    Arbitrary<Update> updates() {
        return Arbitraries.oneOf(
                states().map(Update.State::new),
                Combinators.combine(names(), claims()).as(Update.About::new));
    }

    private static Arbitrary<MemberState> states() {
        return Combinators.combine(records(), claims()).as(MemberState::new);
    }

    private static Arbitrary<MemberRecord> records() {
        Arbitrary<InetSocketAddress> addresses = Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofSize(16),
                        Arbitraries.integers().between(1, 65_535))
                .as((bytes, port) -> address(bytes[0] % 2 == 0 ? bytes : Arrays.copyOf(bytes, 4), port));
        Arbitrary<MemberDescription> descriptions = Combinators.combine(
                        names(),
                        names(),
                        addresses,
                        names(),
                        Arbitraries.longs().greaterOrEqual(0))
                .as((id, service, address, host, startedAt) ->
                        new MemberDescription(id, service, address, "http://" + host, startedAt));
        return Combinators.combine(descriptions, Arbitraries.integers().greaterOrEqual(0), versions())
                .as(MemberRecord::new);
    }

    private static Arbitrary<Version> versions() {
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(numbers, numbers).as(Version::new);
    }

    private static Arbitrary<Claim> claims() {
        return Combinators.combine(Arbitraries.longs().greaterOrEqual(0), Arbitraries.of(Liveness.values()))
                .as(Claim::new);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
    }

    private static InetSocketAddress address(byte[] bytes, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static MemberRecord record(String id) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new MemberRecord(
                new MemberDescription(id, "service", address, "http://localhost:1", 0), 0, new Version(1, 0));
    }
}
