package io.orderly.coordinator.consensus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Effects as text, one line each. */
final class TranscriptLines {

    private TranscriptLines() {}

    static Stream<String> of(NodeId node, Effects effects) {
        return Stream.of(
                        effects.events().stream().map(event -> "* " + text(event)),
                        effects.records().stream()
                                .map(record -> "writes " + text(record)
                                        + (record.forced() ? "  #%d".formatted(effects.persistPoint()) : "")),
                        effects.messages().stream()
                                .map(envelope -> "sends to %s: %s%s"
                                        .formatted(
                                                envelope.to(),
                                                text(envelope.message()),
                                                envelope.after() == 0 ? "" : "  after #" + envelope.after())),
                        effects.apply().stream().map(entry -> "applies " + text(entry)),
                        effects.outcomes().stream().map(outcome -> "reports " + outcome),
                        effects.snapshotTasks().stream().map(task -> "does " + text(task)))
                .flatMap(lines -> lines)
                .map(line -> "  %s %s".formatted(node, line));
    }

    static String text(Message message) {
        return switch (message) {
            case Message.PreVote m -> "PreVote " + m.ballot();
            case Message.PreVoteResponse m ->
                "PreVoteResponse %s %s, promised %s, leader %s, low-water %d%s"
                        .formatted(
                                m.ballot(),
                                m.granted() ? "granted" : "rejected",
                                m.promised(),
                                m.leader(),
                                m.lowWaterMark(),
                                m.canCampaign() ? "" : ", cannot lead");
            case Message.Prepare m -> "Prepare %s from %d".formatted(m.ballot(), m.from());
            case Message.Promise m ->
                "Promise %s from %d: %s%s, commit %d, low-water %d, last %d"
                        .formatted(
                                m.ballot(),
                                m.from(),
                                entries(m.entries()),
                                m.corrupt().isEmpty() ? "" : " corrupt " + m.corrupt(),
                                m.commit(),
                                m.lowWaterMark(),
                                m.last());
            case Message.Nack m -> "Nack %s, promised %s".formatted(m.ballot(), m.promised());
            case Message.Accept m ->
                "Accept %s %d..%d %s, %s"
                        .formatted(m.ballot(), m.first(), m.last(), payloads(m.payloads()), text(m.marks()));
            case Message.Accepted m -> "Accepted %s match %d".formatted(m.ballot(), m.match());
            case Message.LogGap m -> "LogGap %s received %d".formatted(m.ballot(), m.received());
            case Message.Heartbeat m -> "Heartbeat %s round %d, %s".formatted(m.ballot(), m.round(), text(m.marks()));
            case Message.Decided m -> "Decided %s, %s".formatted(m.ballot(), text(m.marks()));
            case Message.HeartbeatResponse m ->
                "HeartbeatResponse %s round %d, received %d%s"
                        .formatted(m.ballot(), m.round(), m.received(), m.repairing() ? ", repairing" : "");
            case Message.SnapshotRequest m ->
                "SnapshotRequest %s of %s, offset %d, %d bytes"
                        .formatted(
                                m.ballot(), m.slot() == 0 ? "the newest" : "slot " + m.slot(), m.offset(), m.bytes());
            case Message.SnapshotChunk m ->
                "SnapshotChunk %s %s, offset %d, %d bytes"
                        .formatted(m.ballot(), m.snapshot(), m.offset(), m.bytes().length);
            case Message.TakeOver m -> "TakeOver " + m.ballot();
        };
    }

    private static String text(Message.LeaderMarks marks) {
        return "commit %d, low-water %d, settled %d".formatted(marks.commit(), marks.lowWaterMark(), marks.settled());
    }

    private static String text(DurableRecord record) {
        return switch (record) {
            case DurableRecord.Promised(Ballot ballot) -> "promise " + ballot;
            case DurableRecord.Accepted(Entry entry) -> "entry " + text(entry);
            case DurableRecord.TailCut(long lastKept) -> "cut after " + lastKept;
            case DurableRecord.CommitMark(long slot) -> "commit mark " + slot;
            case DurableRecord.LowWaterMark(long slot) -> "low-water mark " + slot;
        };
    }

    private static String text(SnapshotTask task) {
        return switch (task) {
            case SnapshotTask.Take t -> "take snapshot at %d".formatted(t.slot());
            case SnapshotTask.SendChunk t -> "send to %s %s, offset %d".formatted(t.to(), t.snapshot(), t.offset());
            case SnapshotTask.StoreChunk t -> "store offset %d, %d bytes".formatted(t.offset(), t.bytes().length);
            case SnapshotTask.Install t -> "install " + t.snapshot();
            case SnapshotTask.Delete t -> "delete " + t.snapshot();
        };
    }

    private static String text(ReplicaEvent event) {
        return switch (event) {
            case ReplicaEvent.PreVoting e -> "starts a pre-vote for %s: %s".formatted(e.ballot(), e.reason());
            case ReplicaEvent.Preparing e -> "prepares " + e.ballot();
            case ReplicaEvent.BecameLeader e ->
                "leads under %s, adopts %d, commit %d".formatted(e.ballot(), e.adopted(), e.commit());
            case ReplicaEvent.Following e ->
                e.leader() == null ? "follows no leader" : "follows %s under %s".formatted(e.leader(), e.ballot());
            case ReplicaEvent.SteppedDown e -> "steps down from %s: %s".formatted(e.ballot(), e.reason());
            case ReplicaEvent.TailCut e -> "cut %d dead after %d".formatted(e.count(), e.lastKept());
            case ReplicaEvent.SlotRepaired e -> "repaired slot " + e.slot();
            case ReplicaEvent.MembershipDecided e ->
                "has members %2$s since slot %1$d".formatted(e.slot(), e.membership());
            case ReplicaEvent.SnapshotFetching e -> "fetches %s from %s".formatted(e.snapshot(), e.from());
            case ReplicaEvent.SnapshotInstalled e -> "installed " + e.snapshot();
            case ReplicaEvent.SnapshotCorrupt e -> "found corrupt " + e.snapshot();
        };
    }

    static String text(Entry entry) {
        return "%d@%s %s".formatted(entry.slot(), entry.ballot(), text(entry.payload()));
    }

    private static String text(Payload payload) {
        return switch (payload) {
            case Payload.Command(byte[] bytes) -> '"' + new String(bytes, StandardCharsets.UTF_8) + '"';
            case Payload.NoOp _ -> "no-op";
            case Payload.MembershipChange(long basis, Membership membership) ->
                "members %s based on slot %d".formatted(membership, basis);
        };
    }

    private static String payloads(List<Payload> payloads) {
        return payloads.stream().map(TranscriptLines::text).toList().toString();
    }

    private static String entries(List<Entry> entries) {
        return entries.stream().map(TranscriptLines::text).toList().toString();
    }
}
