package io.orderly.coordinator.peer;

import static io.orderly.coordinator.peer.Fields.readBallot;
import static io.orderly.coordinator.peer.Fields.readNumber;
import static io.orderly.coordinator.peer.Fields.writeBallot;

import io.netty.buffer.ByteBuf;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.CorruptEntry;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.Message.LeaderMarks;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of the consensus protocol as bytes: the kind, the ballot, and the fields of the kind. */
final class ConsensusCodec {

    private static final int PRE_VOTE = 1;
    private static final int PRE_VOTE_RESPONSE = 2;
    private static final int PREPARE = 3;
    private static final int PROMISE = 4;
    private static final int NACK = 5;
    private static final int ACCEPT = 6;
    private static final int ACCEPTED = 7;
    private static final int LOG_GAP = 8;
    private static final int HEARTBEAT = 9;
    private static final int DECIDED = 10;
    private static final int HEARTBEAT_RESPONSE = 11;
    private static final int SNAPSHOT_REQUEST = 12;
    private static final int SNAPSHOT_CHUNK = 13;
    private static final int TAKE_OVER = 14;

    /** The fewest bytes of a ballot with a payload. */
    private static final int MIN_ENTRY_BYTES = Long.BYTES + Integer.BYTES + 1;

    private ConsensusCodec() {}

    static void write(Message message, ByteBuf target) {
        target.writeByte(kindOf(message));
        writeBallot(message.ballot(), target);
        switch (message) {
            case Message.PreVote _, Message.TakeOver _ -> {}
            case Message.PreVoteResponse response -> {
                target.writeBoolean(response.granted());
                writeBallot(response.promised(), target);
                Fields.writeOptionalNode(response.leader(), target);
                target.writeLong(response.lowWaterMark()).writeBoolean(response.canCampaign());
            }
            case Message.Prepare(Ballot _, long from) -> target.writeLong(from);
            case Message.Promise promise -> writePromise(promise, target);
            case Message.Nack(Ballot _, Ballot promised) -> writeBallot(promised, target);
            case Message.Accept(Ballot _, long first, List<Payload> payloads, LeaderMarks marks) -> {
                target.writeLong(first);
                writeMarks(marks, target);
                target.writeInt(payloads.size());
                payloads.forEach(payload -> Fields.writePayload(payload, target));
            }
            case Message.Accepted(Ballot _, long match) -> target.writeLong(match);
            case Message.LogGap(Ballot _, long received) -> target.writeLong(received);
            case Message.Heartbeat(Ballot _, LeaderMarks marks, long round) -> {
                writeMarks(marks, target);
                target.writeLong(round);
            }
            case Message.Decided(Ballot _, LeaderMarks marks) -> writeMarks(marks, target);
            case Message.HeartbeatResponse(Ballot _, long round, long received, boolean repairing) ->
                target.writeLong(round).writeLong(received).writeBoolean(repairing);
            case Message.SnapshotRequest(Ballot _, long slot, long offset, int bytes) ->
                target.writeLong(slot).writeLong(offset).writeInt(bytes);
            case Message.SnapshotChunk(Ballot _, Snapshot snapshot, long offset, byte[] bytes) -> {
                writeSnapshot(snapshot, target);
                Fields.writeBytes(bytes, target.writeLong(offset));
            }
        }
    }

    private static int kindOf(Message message) {
        return switch (message) {
            case Message.PreVote _ -> PRE_VOTE;
            case Message.PreVoteResponse _ -> PRE_VOTE_RESPONSE;
            case Message.Prepare _ -> PREPARE;
            case Message.Promise _ -> PROMISE;
            case Message.Nack _ -> NACK;
            case Message.Accept _ -> ACCEPT;
            case Message.Accepted _ -> ACCEPTED;
            case Message.LogGap _ -> LOG_GAP;
            case Message.Heartbeat _ -> HEARTBEAT;
            case Message.Decided _ -> DECIDED;
            case Message.HeartbeatResponse _ -> HEARTBEAT_RESPONSE;
            case Message.SnapshotRequest _ -> SNAPSHOT_REQUEST;
            case Message.SnapshotChunk _ -> SNAPSHOT_CHUNK;
            case Message.TakeOver _ -> TAKE_OVER;
        };
    }

    static Message read(ByteBuf source) throws MalformedMessageException {
        int kind = source.readUnsignedByte();
        Ballot ballot = readBallot(source);
        if (ballot.equals(Ballot.ZERO)) {
            throw new MalformedMessageException("a message under the ballot of no node");
        }
        return switch (kind) {
            case PRE_VOTE -> new Message.PreVote(ballot);
            case PRE_VOTE_RESPONSE ->
                new Message.PreVoteResponse(
                        ballot,
                        Fields.readFlag(source, "granted"),
                        readBallot(source),
                        Fields.readOptionalNode(source),
                        readNumber(source, "lowWaterMark"),
                        Fields.readFlag(source, "canCampaign"));
            case PREPARE -> new Message.Prepare(ballot, readSlot(source, "from"));
            case PROMISE -> readPromise(ballot, source);
            case NACK -> new Message.Nack(ballot, readBallot(source));
            case ACCEPT -> readAccept(ballot, source);
            case ACCEPTED -> new Message.Accepted(ballot, readNumber(source, "match"));
            case LOG_GAP -> new Message.LogGap(ballot, readNumber(source, "received"));
            case HEARTBEAT -> new Message.Heartbeat(ballot, readMarks(source), readNumber(source, "round"));
            case DECIDED -> new Message.Decided(ballot, readMarks(source));
            case HEARTBEAT_RESPONSE ->
                new Message.HeartbeatResponse(
                        ballot,
                        readNumber(source, "round"),
                        readNumber(source, "received"),
                        Fields.readFlag(source, "repairing"));
            case SNAPSHOT_REQUEST -> readSnapshotRequest(ballot, source);
            case SNAPSHOT_CHUNK -> readSnapshotChunk(ballot, source);
            case TAKE_OVER -> new Message.TakeOver(ballot);
            default -> throw new MalformedMessageException("%d is no kind of consensus message".formatted(kind));
        };
    }

    /** A slot that an entry can have. */
    private static long readSlot(ByteBuf source, String name) throws MalformedMessageException {
        return readNumber(source, name, 1, Fields.MAX_NUMBER);
    }

    private static void writeMarks(LeaderMarks marks, ByteBuf target) {
        target.writeLong(marks.commit()).writeLong(marks.lowWaterMark()).writeLong(marks.settled());
    }

    private static LeaderMarks readMarks(ByteBuf source) throws MalformedMessageException {
        return new LeaderMarks(
                readNumber(source, "commit"), readNumber(source, "lowWaterMark"), readNumber(source, "settled"));
    }

    private static Message readAccept(Ballot ballot, ByteBuf source) throws MalformedMessageException {
        long first = readSlot(source, "first");
        LeaderMarks marks = readMarks(source);
        int count = Fields.readCount(source, "payloads", 1, Message.MAX_BATCH_ENTRIES, 1);
        List<Payload> payloads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            payloads.add(Fields.readPayload(source));
        }
        return new Message.Accept(ballot, first, payloads, marks);
    }

    /** The slots follow from the first one, since there are no gaps. */
    private static void writePromise(Message.Promise promise, ByteBuf target) {
        target.writeLong(promise.from())
                .writeLong(promise.commit())
                .writeLong(promise.lowWaterMark())
                .writeLong(promise.last())
                .writeInt(promise.entries().size() + promise.corrupt().size());
        Iterator<Entry> entries = promise.entries().iterator();
        Iterator<CorruptEntry> corrupt = promise.corrupt().iterator();
        @Nullable Entry entry = nextOf(entries);
        @Nullable CorruptEntry lost = nextOf(corrupt);
        for (long slot = promise.from(); slot < promise.next(); slot++) {
            if (entry != null && entry.slot() == slot) {
                writeBallot(entry.ballot(), target.writeBoolean(true));
                Fields.writePayload(entry.payload(), target);
                entry = nextOf(entries);
            } else if (lost != null && lost.slot() == slot) {
                writeBallot(lost.ballot(), target.writeBoolean(false));
                lost = nextOf(corrupt);
            } else {
                throw new IllegalArgumentException("a promise says nothing of slot " + slot);
            }
        }
    }

    private static <T> @Nullable T nextOf(Iterator<T> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }

    private static Message readPromise(Ballot ballot, ByteBuf source) throws MalformedMessageException {
        long from = readSlot(source, "from");
        long commit = readNumber(source, "commit");
        long lowWaterMark = readNumber(source, "lowWaterMark");
        long last = readNumber(source, "last");
        int count = Fields.readCount(source, "entries", 0, Message.MAX_BATCH_ENTRIES, MIN_ENTRY_BYTES);
        if (count > 0 && from + count - 1 > last) {
            throw new MalformedMessageException("%d entries from %d, beyond the last, %d".formatted(count, from, last));
        }
        List<Entry> entries = new ArrayList<>(count);
        List<CorruptEntry> corrupt = new ArrayList<>();
        for (long slot = from; slot < from + count; slot++) {
            boolean isReadable = Fields.readFlag(source, "an entry");
            Ballot acceptedUnder = readBallot(source);
            if (isReadable) {
                entries.add(new Entry(slot, acceptedUnder, Fields.readPayload(source)));
            } else {
                corrupt.add(new CorruptEntry(slot, acceptedUnder));
            }
        }
        return new Message.Promise(ballot, from, commit, lowWaterMark, entries, corrupt, last);
    }

    private static Message readSnapshotRequest(Ballot ballot, ByteBuf source) throws MalformedMessageException {
        long slot = readNumber(source, "slot");
        long offset = readNumber(source, "offset");
        int bytes = source.readInt();
        if (bytes < 1 || bytes > Message.SnapshotRequest.MAX_BYTES) {
            throw new MalformedMessageException("%d bytes of a snapshot requested".formatted(bytes));
        }
        return new Message.SnapshotRequest(ballot, slot, offset, bytes);
    }

    private static Message readSnapshotChunk(Ballot ballot, ByteBuf source) throws MalformedMessageException {
        Snapshot snapshot = readSnapshot(source);
        long offset = readNumber(source, "offset");
        byte[] bytes = Fields.readBytes(source, "a chunk", 1, Message.SnapshotRequest.MAX_BYTES);
        if (offset + bytes.length > snapshot.sizeInBytes()) {
            throw new MalformedMessageException(
                    "%d bytes at %d, beyond the end of the %s".formatted(bytes.length, offset, snapshot));
        }
        return new Message.SnapshotChunk(ballot, snapshot, offset, bytes);
    }

    private static void writeSnapshot(Snapshot snapshot, ByteBuf target) {
        target.writeLong(snapshot.slot())
                .writeLong(snapshot.sizeInBytes())
                .writeLong(snapshot.effectiveMembership().slot());
        Fields.writeMembership(snapshot.effectiveMembership().membership(), target);
    }

    private static Snapshot readSnapshot(ByteBuf source) throws MalformedMessageException {
        long slot = readSlot(source, "slot");
        long size = readNumber(source, "size");
        return new Snapshot(
                slot,
                new EffectiveMembership(readNumber(source, "slot of the members"), Fields.readMembership(source)),
                size);
    }
}
