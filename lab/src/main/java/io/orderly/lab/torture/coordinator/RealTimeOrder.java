package io.orderly.lab.torture.coordinator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks numbers that only increase: a request that begins after the response to another one gets higher numbers. */
final class RealTimeOrder {

    private RealTimeOrder() {}

    /**
     * The numbers in one response.
     *
     * @param first the lowest
     * @param last the highest
     * @param requestedNanos when the client sent the request
     * @param answeredNanos when the client received the response
     */
    record Numbers(long first, long last, long requestedNanos, long answeredNanos) {}

    /** @return a description of numbers that were returned twice, or in another order; empty if there are none */
    static Optional<String> violation(List<Numbers> all) {
        return repetition(all).or(() -> disorder(all));
    }

    private static Optional<String> repetition(List<Numbers> all) {
        List<Numbers> ascending =
                all.stream().sorted(Comparator.comparing(Numbers::first)).toList();
        for (int i = 1; i < ascending.size(); i++) {
            if (ascending.get(i).first <= ascending.get(i - 1).last) {
                return Optional.of(
                        "%s and %s have numbers in common".formatted(ascending.get(i - 1), ascending.get(i)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> disorder(List<Numbers> all) {
        List<Numbers> byRequest = all.stream()
                .sorted(Comparator.comparing(Numbers::requestedNanos))
                .toList();
        List<Numbers> byAnswer = all.stream()
                .sorted(Comparator.comparing(Numbers::answeredNanos))
                .toList();
        Numbers highest = null;
        int answered = 0;
        for (Numbers one : byRequest) {
            while (byAnswer.get(answered).answeredNanos < one.requestedNanos) {
                Numbers before = byAnswer.get(answered++);
                highest = highest == null || before.last > highest.last ? before : highest;
            }
            if (highest != null && one.first <= highest.last) {
                return Optional.of("%s was requested after %s was answered".formatted(one, highest));
            }
        }
        return Optional.empty();
    }
}
