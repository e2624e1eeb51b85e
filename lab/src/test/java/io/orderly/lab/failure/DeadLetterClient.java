package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.failure.SystemClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client of a service's dead-letter API. */
record DeadLetterClient(SystemClient client, String service) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    List<JsonNode> letters() {
        JsonNode page = client.getOk(service, "/dead-letters?limit=200");
        return StreamSupport.stream(page.path("deadLetters").spliterator(), false)
                .toList();
    }

    /** Waits for a number of dead letters of a key, and returns them, oldest first. */
    List<JsonNode> await(String key, int count) {
        Predicate<JsonNode> ofKey = letter -> key.equals(letter.path("key").stringValue(null));
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> letters().stream().filter(ofKey).toList(), found -> found.size() == count);
    }

    /** Waits for a number of dead letters, and returns all. */
    List<JsonNode> awaitAll(int count) {
        return Awaitility.await().atMost(PATIENCE).until(this::letters, found -> found.size() == count);
    }

    Reply replay(JsonNode letter) {
        return client.post(service, "/dead-letters/" + id(letter) + "/replay");
    }

    /** Discards a dead letter. */
    void discard(JsonNode letter) {
        Reply reply = client.post(service, "/dead-letters/" + id(letter) + "/discard");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    static String id(JsonNode letter) {
        return letter.path("id").stringValue();
    }
}
