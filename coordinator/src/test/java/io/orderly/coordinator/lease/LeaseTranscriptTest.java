package io.orderly.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plays a transcript of two nodes, each with a lease clock, that apply the same commands. With {@code -Dtranscripts.rewrite=true} it writes
 * the present results to the file.
 */
class LeaseTranscriptTest {

    private static final Path TRANSCRIPT =
            Path.of("src/test/resources/lease-transcripts/1-lease-over-a-change-of-leader.txt");

    private final List<String> played = new ArrayList<>();
    private final List<LeaseInput> fed = new ArrayList<>();
    private final Store store = new Store(new LeaseClockListener(fed::add));
    private final List<Node> nodes = List.of(new Node(1), new Node(2));

    @Test
    void theTranscriptIsUpToDate() throws IOException {
        List<String> written = Files.readAllLines(TRANSCRIPT);
        for (String line : written) {
            if (line.startsWith("> ")) {
                played.add(line);
                perform(line.substring(2).split(" "));
            } else if (line.startsWith("#") || line.isBlank()) {
                played.add(line);
            }
        }
        if (Boolean.getBoolean("transcripts.rewrite")) {
            Files.write(TRANSCRIPT, played);
        } else {
            assertThat(played).isEqualTo(written);
        }
    }

    private void perform(String[] words) {
        long number = words.length > 2 ? Long.parseLong(words[2]) : 0;
        if (words[0].equals("grant")) {
            apply(new StoreCommand.LeaseGrant(Long.parseLong(words[1]), number));
            return;
        }
        Node node = nodes.get(Integer.parseInt(words[1]) - 1);
        switch (words[0]) {
            case "pass" -> node.pass(number);
            case "lead" -> node.take(new LeaseInput.BecameLeader(new Ballot(number, node.id)));
            case "depose" -> node.take(new LeaseInput.SteppedDown());
            case "renew" -> node.take(new LeaseInput.KeepAlive(1, number));
            case "confirm" -> node.take(new LeaseInput.Confirmed(node.confirm.ticket()));

            case "apply" -> node.take(new LeaseInput.Applied(node.proposal.ticket(), apply(node.proposal.command())));
            case "apply-late" -> apply(node.proposal.command());
            case "show" ->
                say("%s counts %d ms for the lease"
                        .formatted(node, node.clock.remainingMillis(number).orElseThrow()));
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        }
    }

    /** Every node applies the command, and reports it to its clock. */
    private StoreResponse apply(StoreCommand command) {
        StoreResponse answer = store.apply(command);
        say("the store: " + answer);
        List<LeaseInput> inputs = List.copyOf(fed);
        fed.clear();
        nodes.forEach(node -> inputs.forEach(node::take));
        return answer;
    }

    private void say(String line) {
        played.add("  " + line);
    }

    private final class Node {

        private final int id;
        private final LeaseClock clock =
                new LeaseClock(new LeaseClockSettings(Duration.ofMillis(100), Duration.ofMinutes(5), 10, 10));
        private long nowMillis;
        private LeaseEffect.Propose proposal;
        private LeaseEffect.Confirm confirm;

        Node(int id) {
            this.id = id;
            clock.step(new LeaseInput.Tick(0));
        }

        void pass(long millis) {
            for (long end = nowMillis + millis; nowMillis < end; ) {
                nowMillis += 100;
                take(new LeaseInput.Tick(nowMillis * 1_000_000));
            }
        }

        void take(LeaseInput input) {
            for (LeaseEffect effect : clock.step(input)) {
                switch (effect) {
                    case LeaseEffect.Propose propose -> {
                        proposal = propose;
                        say("%s proposes %s".formatted(this, propose.command()));
                    }
                    case LeaseEffect.Confirm asked -> {
                        confirm = asked;
                        say("%s confirms its leadership with a quorum".formatted(this));
                    }
                    case LeaseEffect.Response(long _, KeepAliveResponse answer) ->
                        say("%s responds: %s".formatted(this, answer));
                }
            }
        }

        @Override
        public String toString() {
            return "n" + id;
        }
    }
}
