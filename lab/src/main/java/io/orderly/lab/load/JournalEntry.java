package io.orderly.lab.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.time.Instant;

/** A line of the journal: something that was about to be asked, or that came of it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Attempted.class, name = "attempted"),
    @JsonSubTypes.Type(value = JournalEntry.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = JournalEntry.Unanswered.class, name = "unanswered"),
    @JsonSubTypes.Type(value = JournalEntry.CancellationAnswered.class, name = "cancellation-answered")
})
public sealed interface JournalEntry {

    /** The {@code Idempotency-Key} of the order it is about. */
    String key();

    /**
     * An order was about to be placed. Written once per key, before the first request.
     *
     * @param intended when the request should have started
     */
    record Attempted(
            String key,
            Instant intended,
            @JsonProperty("wish") OrderScenario scenario,
            String bodySha256) implements JournalEntry {

        public Attempted {
            Require.present(key, "key");
            Require.present(intended, "intended");
        }
    }

    /** A request to place it was answered. */
    record Answered(String key, Instant at, OrderResponse answer) implements JournalEntry {

        public Answered {
            Require.present(key, "key");
            Require.present(at, "at");
            Require.present(answer, "answer");
        }
    }

    /** A request to place it got no answer: nobody knows what it did. */
    record Unanswered(String key, Instant at, String why) implements JournalEntry {

        public Unanswered {
            Require.present(key, "key");
            Require.present(at, "at");
        }
    }

    /** A request to cancel it was answered. */
    record CancellationAnswered(String key, Instant at, OrderId orderId, int status) implements JournalEntry {

        public CancellationAnswered {
            Require.present(key, "key");
            Require.present(at, "at");
            Require.present(orderId, "orderId");
        }
    }
}
