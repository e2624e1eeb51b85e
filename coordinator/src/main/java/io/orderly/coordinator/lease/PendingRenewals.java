package io.orderly.coordinator.lease;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pending renewals: requested, then confirmed, then some of them replicated. Requests that arrive while a batch is under way wait
 * for the next one, so one round serves many.
 */
final class PendingRenewals {

    record Request(long token, long lease) {}

    private final int maxBatch;
    private final Deque<Request> arrived = new ArrayDeque<>();
    private final Deque<Request> unreplicated = new ArrayDeque<>();
    private List<Request> confirming = List.of();
    private List<Request> replicating = List.of();

    PendingRenewals(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    int size() {
        return arrived.size() + confirming.size() + unreplicated.size() + replicating.size();
    }

    void add(Request request) {
        arrived.add(request);
    }

    void addUnreplicated(Request request) {
        unreplicated.add(request);
    }

    boolean isConfirmationDue() {
        return confirming.isEmpty() && !arrived.isEmpty();
    }

    /** All requests that have arrived share one round. */
    void beginConfirmation() {
        confirming = List.copyOf(arrived);
        arrived.clear();
    }

    List<Request> endConfirmation() {
        List<Request> ended = confirming;
        confirming = List.of();
        return ended;
    }

    boolean isReplicationDue() {
        return replicating.isEmpty() && !unreplicated.isEmpty();
    }

    /** @return the leases to renew, without duplicates */
    List<Long> beginReplication() {
        List<Request> batch = new ArrayList<>();
        while (batch.size() < maxBatch && !unreplicated.isEmpty()) {
            batch.add(unreplicated.remove());
        }
        replicating = batch;
        return batch.stream().map(Request::lease).distinct().toList();
    }

    List<Request> endReplication() {
        List<Request> ended = replicating;
        replicating = List.of();
        return ended;
    }

    /** The leases with a pending renewal. */
    Set<Long> leases() {
        Set<Long> leases = new HashSet<>();
        for (var list : List.of(arrived, confirming, unreplicated, replicating)) {
            list.forEach(request -> leases.add(request.lease()));
        }
        return leases;
    }

    /** @param sent receives those that may be in the log */
    void clear(Consumer<Request> unsent, Consumer<Request> sent) {
        replicating.forEach(sent);
        replicating = List.of();
        confirming.forEach(unsent);
        confirming = List.of();
        for (var list : List.of(arrived, unreplicated)) {
            list.forEach(unsent);
            list.clear();
        }
    }
}
