package io.orderly.coordinator.peer;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.CorruptEntry;
import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random messages of all kinds that a member may send. */
final class RandomMessages {

    private static final int REQUESTS = 7;
    private static final int REPLIES = 11;
    private static final int REFUSALS = 10;
    private static final int CONSENSUS_KINDS = 14;

    /** The number of kinds; each refusal is a kind of its own. */
    static final int KINDS = CONSENSUS_KINDS + 1 + REQUESTS + REPLIES - 1 + REFUSALS;

    private final SplittableRandom random;

    RandomMessages(SplittableRandom random) {
        this.random = random;
    }

    PeerMessage next() {
        return ofKind(random.nextInt(KINDS));
    }

    PeerMessage ofKind(int kind) {
        if (kind < CONSENSUS_KINDS) {
            return new PeerMessage.Consensus(consensus(kind));
        }
        if (kind == CONSENSUS_KINDS) {
            return new PeerMessage.Report(new StateHash(number(), random.nextLong()), random.nextBoolean());
        }
        int other = kind - CONSENSUS_KINDS - 1;
        return other < REQUESTS
                ? new PeerMessage.Request(random.nextLong(), request(other))
                : new PeerMessage.Reply(random.nextLong(), reply(other - REQUESTS));
    }

    private Message consensus(int kind) {
        Ballot ballot = ballot();
        return switch (kind) {
            case 0 -> new Message.PreVote(ballot);
            case 1 ->
                new Message.PreVoteResponse(
                        ballot,
                        random.nextBoolean(),
                        random.nextBoolean() ? Ballot.ZERO : ballot(),
                        random.nextBoolean() ? null : node(),
                        number(),
                        random.nextBoolean());
            case 2 -> new Message.Prepare(ballot, slot());
            case 3 -> promise(ballot);
            case 4 -> new Message.Nack(ballot, ballot());
            case 5 -> new Message.Accept(ballot, slot(), list(1, this::payload), marks());
            case 6 -> new Message.Accepted(ballot, number());
            case 7 -> new Message.LogGap(ballot, number());
            case 8 -> new Message.Heartbeat(ballot, marks(), number());
            case 9 -> new Message.Decided(ballot, marks());
            case 10 -> new Message.HeartbeatResponse(ballot, number(), number(), random.nextBoolean());
            case 11 -> new Message.SnapshotRequest(ballot, number(), number(), 1 + random.nextInt(4 << 20));
            case 12 -> chunk(ballot);
            default -> new Message.TakeOver(ballot);
        };
    }

    private Message promise(Ballot ballot) {
        long from = slot();
        List<Entry> entries = new ArrayList<>();
        List<CorruptEntry> corrupt = new ArrayList<>();
        int count = random.nextInt(6);
        for (long slot = from; slot < from + count; slot++) {
            if (random.nextInt(4) == 0) {
                corrupt.add(new CorruptEntry(slot, ballot()));
            } else {
                entries.add(new Entry(slot, ballot(), payload()));
            }
        }
        return new Message.Promise(
                ballot, from, number(), number(), entries, corrupt, from + count - 1 + random.nextInt(100));
    }

    private Message chunk(Ballot ballot) {
        byte[] content = bytes(1);
        long offset = number();
        var members = new EffectiveMembership(random.nextInt(50), membership());
        return new Message.SnapshotChunk(
                ballot,
                new Snapshot(50 + number(), members, offset + content.length + random.nextInt(100)),
                offset,
                content);
    }

    private ForwardedRequest request(int kind) {
        return switch (kind) {
            case 0 -> new ForwardedRequest.Execute(bytes(0));
            case 1 -> new ForwardedRequest.ReadBarrier();
            case 2 -> new ForwardedRequest.KeepAlive(random.nextLong());
            case 3 -> new ForwardedRequest.TimeToLive(random.nextLong());
            case 4 -> new ForwardedRequest.AllocateTimestamps(random.nextInt());
            case 5 ->
                new ForwardedRequest.ChangeMembership(
                        switch (random.nextInt(3)) {
                            case 0 -> new MembershipRequest.AddLearner(node());
                            case 1 -> new MembershipRequest.Promote(node());
                            default -> new MembershipRequest.Remove(node());
                        });
            default -> new ForwardedRequest.TransferLeadership(node());
        };
    }

    private ForwardedReply reply(int kind) {
        return switch (kind) {
            case 0 -> new ForwardedReply.Executed(slot(), response(2));
            case 1 -> new ForwardedReply.ReadableAt(number());
            case 2 -> new ForwardedReply.KeptAlive(number());
            case 3 -> new ForwardedReply.TimeToLive(number(), number());
            case 4 -> new ForwardedReply.NoSuchLease();
            case 5 ->
                new ForwardedReply.Allocated(new TimestampRange(
                        HybridTimestamp.fromLong(random.nextLong(Long.MAX_VALUE / 2)), 1 + random.nextInt(1_000_000)));
            case 6 -> new ForwardedReply.MembershipChanged(slot());
            case 7 -> new ForwardedReply.LeadershipTransferred();
            case 8 -> new ForwardedReply.RetryLater(Duration.ofNanos(number()));
            case 9 -> new ForwardedReply.Unknown();
            default -> new ForwardedReply.Refused(refusal(kind - REPLIES + 1));
        };
    }

    private Refusal refusal(int kind) {
        return switch (kind) {
            case 0 -> new Refusal.NotLeader(random.nextBoolean() ? null : node());
            case 1 -> new Refusal.Overloaded();
            case 2 -> new Refusal.TooLarge(random.nextInt(), random.nextInt());
            case 3 -> new Refusal.Transferring();
            case 4 -> new Refusal.ChangeInProgress();
            case 5 -> new Refusal.NotCaughtUp(node(), number());
            case 6 -> new Refusal.Invalid("n4 is no learner, äß€😀".repeat(random.nextInt(3)));
            case 7 -> new Refusal.DiskFull();
            case 8 -> new Refusal.StateCorrupt();
            default -> new Refusal.TransferTimedOut(node());
        };
    }

    private StoreResponse response(int depth) {
        long revision = number();
        return switch (random.nextInt(depth == 0 ? 4 : 5)) {
            case 0 -> new StoreResponse.Put(revision, random.nextBoolean() ? null : keyValue());
            case 1 -> new StoreResponse.Range(revision, list(0, this::keyValue), random.nextBoolean(), number());
            case 2 -> new StoreResponse.Refused(revision, new StoreRefusal.LeaseNotFound(random.nextLong()));
            case 3 -> new StoreResponse.Done(revision);
            default -> new StoreResponse.Txn(revision, random.nextBoolean(), list(0, () -> response(depth - 1)));
        };
    }

    private KeyValue keyValue() {
        return new KeyValue(Bytes.wrap(bytes(1)), Bytes.wrap(bytes(0)), number(), number(), number(), number());
    }

    private Payload payload() {
        return switch (random.nextInt(4)) {
            case 0 -> new Payload.NoOp();
            case 1 -> new Payload.MembershipChange(number(), membership());
            default -> new Payload.Command(bytes(0));
        };
    }

    private Membership membership() {
        int count = 1 + random.nextInt(Membership.MAX_MEMBERS);
        int voters = 1 + random.nextInt(count);
        List<NodeId> nodes =
                IntStream.rangeClosed(1, count).mapToObj(NodeId::new).toList();
        return new Membership(nodes.subList(0, voters), nodes.subList(voters, count), count + random.nextInt(3));
    }

    private Message.LeaderMarks marks() {
        return new Message.LeaderMarks(number(), number(), number());
    }

    private Ballot ballot() {
        return new Ballot(slot(), node().value());
    }

    private NodeId node() {
        return new NodeId(1 + random.nextInt(Integer.MAX_VALUE - 1));
    }

    private long slot() {
        return 1 + number();
    }

    private long number() {
        return random.nextLong(1L << random.nextInt(1, 61));
    }

    private byte[] bytes(int least) {
        byte[] bytes = new byte[least + random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> list(int least, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        int count = least + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return elements;
    }
}
