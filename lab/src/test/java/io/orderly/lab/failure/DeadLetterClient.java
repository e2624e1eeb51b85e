package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.failure.SystemClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The dead letters of a service, as its operators see them. */
record DeadLetterClient(SystemClient shop, String service) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    List<JsonNode> letters() {
        JsonNode page = shop.answered(service, "/dead-letters?limit=200");
        return StreamSupport.stream(page.path("deadLetters").spliterator(), false)
                .toList();
    }

    /** Those of a key, oldest first, once there are so many. */
    List<JsonNode> await(String key, int count) {
        Predicate<JsonNode> ofKey = letter -> key.equals(letter.path("key").stringValue(null));
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> letters().stream().filter(ofKey).toList(), found -> found.size() == count);
    }

    /** All there are, once there are so many. */
    List<JsonNode> awaitAll(int count) {
        return Awaitility.await().atMost(PATIENCE).until(this::letters, found -> found.size() == count);
    }

    Reply replay(JsonNode letter) {
        return shop.post(service, "/dead-letters/" + id(letter) + "/replay");
    }

    /** Gives the letter up. */
    void discard(JsonNode letter) {
        Reply reply = shop.post(service, "/dead-letters/" + id(letter) + "/discard");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    static String id(JsonNode letter) {
        return letter.path("id").stringValue();
    }
}
