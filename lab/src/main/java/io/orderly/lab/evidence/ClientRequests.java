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

/**
 * What clients know: their requests to place orders, by key, in the order in which they were first attempted.
 */
public record ClientRequests(Map<String, Request> requests) {

    private static final int ACCEPTED = 202;

    /**
     * A request, however often it was sent.
     *
     * @param answers in the order in which they came
     * @param cancelled the orders for which a cancellation was accepted
     */
    public record Request(String key, List<OrderResponse> answers, List<OrderId> cancelled) {

        private Request(String key) {
            this(key, new ArrayList<>(), new ArrayList<>());
        }

        /** The orders that the client was told are accepted; more than one is one too many. */
        public Set<OrderId> acknowledged() {
            return answers.stream()
                    .map(OrderResponse::orderId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }

        /** Whether the client was told no, for good, and so takes it that nothing was stored. */
        public boolean isRefused() {
            return !answers.isEmpty()
                    && acknowledged().isEmpty()
                    && !answers.getLast().mayChange();
        }
    }

    /** @param journal entries of any number of runs */
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
                case Attempted _, Unanswered _ -> {} // neither tells what was done
            }
        }
        return new ClientRequests(requests);
    }
}
