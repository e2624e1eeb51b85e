package io.orderly.coordinator.queue;

import io.orderly.coordinator.lock.GuardedResource;
import io.orderly.coordinator.lock.StaleTokenException;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transcript as plain text: explanations after {@code #}, commands after {@code >}, and the results below each command. Playing it
 * gives the same text with the present results.
 */
final class QueueTranscript {

    private final List<String> played = new ArrayList<>();
    private final SingleNode node = new SingleNode();
    private final Map<String, SingleNode.Client> clients = new TreeMap<>();
    private final Map<String, Long> watches = new TreeMap<>();
    private final GuardedResource resource = new GuardedResource(0);

    static List<String> play(List<String> lines) {
        QueueTranscript lesson = new QueueTranscript();
        for (String line : lines) {
            if (line.startsWith("> ")) {
                lesson.played.add(line);
                lesson.perform(line.substring(2).split(" "));
            } else if (line.startsWith("#") || line.isBlank()) {
                lesson.played.add(line);
            }
        }
        return lesson.played;
    }

    private void perform(String[] words) {
        switch (words[0]) {
            case "lease" -> node.lease(number(words[1]));
            case "end-lease" -> node.endLease(number(words[1]));
            case "put" -> did(node.store.apply(StoreCommand.Put.of(Bytes.utf8(words[1]), Bytes.utf8(words[2]))));
            case "delete" -> did(node.store.apply(StoreCommand.DeleteRange.of(Bytes.utf8(words[1]))));
            case "compact" -> did(node.store.apply(new StoreCommand.Compact(number(words[1]))));
            case "read" -> did(node.store.now().range(Operation.Range.of(prefix(words[1]))));
            case "watch" -> {
                WatchRequest request = WatchRequest.of(prefix(words[2]), number(words[3]));
                watches.put(words[1], node.watches.open(request).orElseThrow());
            }
            case "take" ->
                node.watches
                        .take(watches.get(words[1]), node.store.now(), (int) number(words[2]))
                        .forEach(delivery -> say(words[1] + " delivers " + QueueTranscriptLines.text(delivery)));
            case "lock" -> {
                SingleNode.Client client = node.client(number(words[2]), number(words[3]), Long.MAX_VALUE);
                clients.put(words[1], client);
                did(words[1], client.join());
            }
            default -> performBy(words[1], clients.get(words[1]), words[0]);
        }
    }

    private void performBy(String name, SingleNode.Client client, String what) {
        switch (what) {
            case "execute" -> say("the store: " + QueueTranscriptLines.text(client.execute()));
            case "answer" -> {
                StoreResponse answer = client.execute();
                say("the store: " + QueueTranscriptLines.text(answer));
                did(name, client.step(new QueueInput.Answered(client.last().request(), answer)));
            }
            case "retry" ->
                did(name, client.step(new QueueInput.Unanswered(client.last().request())));
            case "listen" -> did(name, client.listen());
            case "unlock" -> did(name, client.step(new QueueInput.Leave()));
            case "use" -> use(name, client);
            default -> throw new IllegalArgumentException("unknown command: " + what);
        }
    }

    private void use(String name, SingleNode.Client client) {
        try {
            say("the resource: " + resource.use(client.token(), () -> "used by " + name));
        } catch (StaleTokenException e) {
            say("the resource: refused, " + e.getMessage());
        }
    }

    private void did(StoreResponse answer) {
        say("the store: " + QueueTranscriptLines.text(answer));
    }

    private void did(String name, List<QueueEffect> effects) {
        effects.forEach(effect -> say(name + " " + QueueTranscriptLines.text(effect)));
    }

    private void say(String line) {
        played.add("  " + line);
    }

    private static KeyRange prefix(String prefix) {
        return KeyRange.startingWith(Bytes.utf8(prefix));
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }
}
