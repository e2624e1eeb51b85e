package io.orderly.lab.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.time.Instant;

/** A line of the journal: a request that is about to be sent, or its result. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Attempted.class, name = "attempted"),
    @JsonSubTypes.Type(value = JournalEntry.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = JournalEntry.Unanswered.class, name = "unanswered"),
    @JsonSubTypes.Type(value = JournalEntry.CancellationAnswered.class, name = "cancellation-answered")
})
public sealed interface JournalEntry {

    /** The {@code Idempotency-Key} of the order. */
    String key();

    /**
     * An order is about to be placed. Written once per key, before the first request.
     *
     * @param intended the scheduled time of the request
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

    /** A request to place the order was answered. */
    record Answered(String key, Instant at, OrderResponse answer) implements JournalEntry {

        public Answered {
            Require.present(key, "key");
            Require.present(at, "at");
            Require.present(answer, "answer");
        }
    }

    /** A request to place the order got no response; its effect is unknown. */
    record Unanswered(String key, Instant at, String why) implements JournalEntry {

        public Unanswered {
            Require.present(key, "key");
            Require.present(at, "at");
        }
    }

    /** A request to cancel the order was answered. */
    record CancellationAnswered(String key, Instant at, OrderId orderId, int status) implements JournalEntry {

        public CancellationAnswered {
            Require.present(key, "key");
            Require.present(at, "at");
            Require.present(orderId, "orderId");
        }
    }
}
