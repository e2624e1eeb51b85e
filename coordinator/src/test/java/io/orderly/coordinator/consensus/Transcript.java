package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A transcript as plain text: explanations after {@code #}, commands after {@code >}, and the actions of the nodes below each command.
 * Playing it gives the same text with the present actions.
 *
 * <p>The election timeout of node n is 100 + 10 n milliseconds.
 */
final class Transcript {

    private final List<String> played = new ArrayList<>();
    private final ReplicaCluster cluster = new ReplicaCluster(ReplicaCluster.CONFIGURATION, new Rules(), this::trace);
    private final TreeSet<Integer> cutOff = new TreeSet<>();
    private boolean quiet;

    static List<String> play(List<String> lines) {
        Transcript transcript = new Transcript();
        for (String line : lines) {
            if (line.startsWith("> ")) {
                transcript.played.add(line);
                transcript.quiet = line.startsWith("> quietly ");
                transcript.perform(line.replace("> quietly ", "> ").substring(2));
            } else if (line.startsWith("#") || line.isBlank()) {
                transcript.played.add(line);
            }
        }
        return transcript.played;
    }

    private void trace(String line) {
        if (!quiet) {
            played.add(line);
        }
    }

    private void perform(String command) {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "nodes" -> {
                Membership membership = ReplicaCluster.membership(number(words[1]));
                membership.voters().forEach(node -> cluster.start(node, DurableState.empty(membership)));
            }
            case "join" -> cluster.start(new NodeId(number(words[1])), DurableState.empty(Membership.UNKNOWN));
            case "clock" -> cluster.clock(number(words[1]));
            case "wait" -> cluster.pass(number(words[1]), this::passes);
            case "deliver" -> cluster.deliver(this::passes);
            case "force" -> cluster.force(new NodeId(number(words[1])));
            case "settle" -> cluster.settle(this::passes);
            case "lose" -> cluster.mail.clear();
            case "cut" -> IntStream.range(1, words.length).forEach(i -> cutOff.add(number(words[i])));
            case "heal" -> cutOff.clear();
            case "propose" ->
                cluster.peer(number(words[1]))
                        .propose(command.substring(command.indexOf('"')).replace("\"", ""));
            case "read" -> step(words[1], new Input.Read(7));
            case "transfer" -> step(words[1], new Input.TransferLeadership(8, new NodeId(number(words[2]))));
            case "add" -> change(words[1], new MembershipRequest.AddLearner(new NodeId(number(words[2]))));
            case "promote" -> change(words[1], new MembershipRequest.Promote(new NodeId(number(words[2]))));
            case "remove" -> change(words[1], new MembershipRequest.Remove(new NodeId(number(words[2]))));
            case "snapshot-after" -> cluster.snapshotAfter(number(words[1]));
            case "crash" -> cluster.peer(number(words[1])).crash();
            case "restart" -> cluster.restart(new NodeId(number(words[1])), new TreeSet<>());
            case "corrupt" ->
                cluster.restart(new NodeId(number(words[1])), new TreeSet<>(List.of((long) number(words[2]))));
            case "show" -> show();
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
    }

    private void change(String node, MembershipRequest request) {
        step(node, new Input.ChangeMembership(9, request));
    }

    private void step(String node, Input input) {
        cluster.peer(number(node)).step(input);
    }

    private void show() {
        for (ReplicaCluster.Peer peer : cluster.peers.values()) {
            Status status = peer.status();
            List<String> log = new ArrayList<>();
            for (long slot = status.lowWaterMark() + 1; slot <= status.last(); slot++) {
                log.add(peer.replica.entry(slot).map(TranscriptLines::text).orElse(slot + "@? corrupt"));
            }
            trace("  %s is %s, leader %s, promised %s, commit %d, low-water %d, log %s"
                    .formatted(
                            peer.id,
                            status.role().toString().toLowerCase(Locale.ROOT),
                            status.leader() == null ? "unknown" : status.leader(),
                            status.promised(),
                            status.commit(),
                            status.lowWaterMark(),
                            log));
        }
    }

    private boolean passes(ReplicaCluster.Mail mail) {
        return cutOff.contains(mail.from().value()) == cutOff.contains(mail.to().value());
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
