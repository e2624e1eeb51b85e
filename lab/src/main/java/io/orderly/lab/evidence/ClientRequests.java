package io.orderly.lab.evidence;

import io.orderly.contracts.OrderId;
import io.orderly.lab.load.JournalEntry;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import io.orderly.lab.load.OrderResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The clients' view: their requests to place orders, by key, in the order of the first attempt. */
public record ClientRequests(Map<String, Request> requests) {

    private static final int ACCEPTED = 202;

    /**
     * A request, including its retries.
     *
     * @param answers the responses in the order of arrival
     * @param cancelled the orders whose cancellation was accepted
     */
    public record Request(String key, List<OrderResponse> answers, List<OrderId> cancelled) {

        private Request(String key) {
            this(key, new ArrayList<>(), new ArrayList<>());
        }

        /** The orders that were acknowledged to the client; more than one is a violation. */
        public Set<OrderId> acknowledged() {
            return answers.stream()
                    .map(OrderResponse::orderId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }

        /** Whether the last response was a permanent error and no order was acknowledged. */
        public boolean isRefused() {
            return !answers.isEmpty()
                    && acknowledged().isEmpty()
                    && !answers.getLast().mayBeRetried();
        }
    }

    /** @param journal the entries of any number of runs */
    public static ClientRequests of(List<JournalEntry> journal) {
        Map<String, Request> requests = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            Request request = requests.computeIfAbsent(entry.key(), Request::new);
            switch (entry) {
                case Answered answered -> request.answers().add(answered.answer());
                case CancellationAnswered cancellation -> {
                    if (cancellation.status() == ACCEPTED) {
                        request.cancelled().add(cancellation.orderId());
                    }
                }
                case Attempted _, Unanswered _ -> {} // neither shows an effect
            }
        }
        return new ClientRequests(requests);
    }
}
