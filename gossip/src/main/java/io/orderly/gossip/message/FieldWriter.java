package io.orderly.gossip.message;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes messages and their parts; the counterpart of {@link FieldReader}. */
final class FieldWriter {

    private final ByteBuffer buffer;

    FieldWriter(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    void message(Message message) {
        MessageType type = MessageType.of(message);
        buffer.put((byte) type.ordinal());
        record(message.sender());
        switch (message) {
            case Message.Ping ping -> {
                buffer.putLong(ping.nonce());
                text(ping.target());
                updates(ping.updates());
            }
            case Message.Ack ack -> {
                buffer.putLong(ack.nonce());
                updates(ack.updates());
            }
            case Message.PingRequest request -> {
                buffer.putLong(request.nonce());
                text(request.target());
                updates(request.updates());
            }
            case Message.Digest digest -> {
                text(digest.after());
                text(digest.upTo());
                count(digest.entries());
                for (DigestEntry entry : digest.entries()) {
                    text(entry.id());
                    version(entry.version());
                    claim(entry.claim());
                }
            }
            case Message.Delta delta -> {
                count(delta.states());
                delta.states().forEach(state -> state(state.state()));
                buffer.put((byte) (delta.more() ? 1 : 0));
                count(delta.wanted());
                delta.wanted().forEach(this::text);
            }
        }
    }

    void text(String text) {
        buffer.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void updates(Collection<Update> updates) {
        count(updates);
        for (Update update : updates) {
            switch (update) {
                case Update.State state -> {
                    buffer.put((byte) 0);
                    state(state.state());
                }
                case Update.About about -> {
                    buffer.put((byte) 1);
                    text(about.id());
                    claim(about.claim());
                }
            }
        }
    }

    private void count(Collection<?> elements) {
        if (elements.size() > WireSize.ELEMENTS_MAX) {
            throw new IllegalArgumentException("A list has %d elements".formatted(elements.size()));
        }
        buffer.put((byte) elements.size());
    }

    private void state(MemberState state) {
        record(state.record());
        claim(state.claim());
    }

    private void record(MemberRecord record) {
        var description = record.description();
        text(description.id());
        text(description.service());
        byte[] address = description.gossipAddress().getAddress().getAddress();
        buffer.put((byte) address.length).put(address);
        buffer.putShort((short) description.gossipAddress().getPort());
        text(description.httpUrl());
        buffer.putLong(description.startedAtMillis()).putInt(record.load());
        version(record.version());
    }

    private void version(Version version) {
        buffer.putLong(version.incarnation()).putLong(version.sequence());
    }

    private void claim(Claim claim) {
        buffer.putLong(claim.incarnation()).put((byte) claim.liveness().ordinal());
    }
}
