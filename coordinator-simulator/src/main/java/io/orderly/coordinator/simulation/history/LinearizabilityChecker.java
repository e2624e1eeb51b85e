package io.orderly.coordinator.simulation.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Searches an order of all operations that explains every response: each operation takes effect at an instant between its invocation and
 * its response. The search is that of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memoization of
 * configurations by Lowe ("Testing for linearizability", 2017).
 *
 * <p>The search is exponential in the number of concurrent operations. So it refuses histories with too many of them, and stops at a limit.
 */
public final class LinearizabilityChecker {

    /** The maximum of concurrent clients of one key; with more, the search takes too long. */
    public static final int MAX_CLIENTS = 10;

    public static final int MAX_OPERATIONS_PER_KEY = 500;

    /** At most one in this many operations may have an unknown outcome, because each of those stays open to the end. */
    public static final int OPERATIONS_PER_UNKNOWN = 100;

    private final int maxConfigurations;

    /** @param maxConfigurations the limit for one key; beyond it the verdict is {@link Linearizability#NOT_DECIDED} */
    public LinearizabilityChecker(int maxConfigurations) {
        this.maxConfigurations = maxConfigurations;
    }

    /** @throws IllegalArgumentException if an event refers to an operation that is not open */
    public LinearizabilityResult check(History history) {
        Map<Integer, Operation> open = new HashMap<>();
        Map<Integer, List<Operation>> keys = new TreeMap<>();
        List<HistoryEvent> events = history.events();
        for (int position = 0; position < events.size(); position++) {
            HistoryEvent event = events.get(position);
            if (event instanceof HistoryEvent.Invoked invoked) {
                Operation operation = new Operation(invoked, position);
                if (open.put(invoked.operation(), operation) != null) {
                    throw new IllegalArgumentException("invoked twice: " + invoked);
                }
                keys.computeIfAbsent(invoked.key(), _ -> new ArrayList<>()).add(operation);
                continue;
            }
            Operation operation = open.remove(event.operation());
            if (operation == null) {
                throw new IllegalArgumentException("not open: " + event);
            }
            operation.end = position;
            switch (event) {
                case HistoryEvent.Answered answered -> operation.result = answered.result();
                case HistoryEvent.NeverHappened _ ->
                    keys.getOrDefault(operation.invoked.key(), List.of()).remove(operation);
                case HistoryEvent.FoundDone _, HistoryEvent.Invoked _ -> {}
            }
        }
        int operations = keys.values().stream().mapToInt(List::size).sum();
        int unknown = open.size();
        if (unknown * OPERATIONS_PER_UNKNOWN > operations) {
            return new LinearizabilityResult(
                    Linearizability.NOT_DECIDED,
                    operations,
                    unknown,
                    "the outcome of %d of %d operations is unknown".formatted(unknown, operations));
        }
        LinearizabilityResult result = new LinearizabilityResult(Linearizability.HOLDS, operations, unknown, "");
        for (var key : keys.entrySet()) {
            Finding finding = check(key.getValue());
            if (finding.verdict != Linearizability.HOLDS) {
                result = new LinearizabilityResult(
                        finding.verdict, operations, unknown, "key %d: %s".formatted(key.getKey(), finding.reason));
            }
            if (finding.verdict == Linearizability.VIOLATED) {
                return result;
            }
        }
        return result;
    }

    private Finding check(List<Operation> operations) {
        if (operations.size() > MAX_OPERATIONS_PER_KEY) {
            return new Finding(Linearizability.NOT_DECIDED, operations.size() + " operations are too many");
        }
        int clients = mostAtOnce(operations);
        if (clients > MAX_CLIENTS + operations.size() / OPERATIONS_PER_UNKNOWN) {
            return new Finding(Linearizability.NOT_DECIDED, clients + " operations at the same time are too many");
        }
        return new Search(operations, maxConfigurations).run();
    }

    private static int mostAtOnce(List<Operation> operations) {
        int most = 0;
        for (Operation one : operations) {
            int now = 0;
            for (Operation other : operations) {
                if (other.start <= one.start && one.start < other.end) {
                    now++;
                }
            }
            most = Math.max(most, now);
        }
        return most;
    }

    private record Finding(Linearizability verdict, String reason) {}

    private static final class Operation {

        final HistoryEvent.Invoked invoked;
        final int start;
        int end = Integer.MAX_VALUE;

        @Nullable List<Long> result;

        Operation(HistoryEvent.Invoked invoked, int start) {
            this.invoked = invoked;
            this.start = start;
        }

        boolean hasEnded() {
            return end != Integer.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "%s by client %d, %s"
                    .formatted(
                            invoked.command(), invoked.client(), result == null ? "no response" : "result " + result);
        }
    }

    /**
     * The search over one key. A doubly linked list contains the starts and ends of the operations in their order in time. An operation is
     * unlinked when the search places it, and linked again when the search backtracks.
     */
    private static final class Search {

        private static final int HEAD = 0;
        private static final Object NOTHING = new Object();

        private final List<Operation> operations;
        private final int maxConfigurations;

        /** Node 1 + 2i is the start of operation i, node 2 + 2i its end; the last node ends the list. */
        private final int[] next;

        private final int[] previous;

        private final Set<Configuration> tried = new HashSet<>();
        private final long[] placed;
        private int mustBePlaced;

        private final int[] path;
        private final Object[] statesOnPath;
        private int pathLength;
        private int deepest;
        private @Nullable Operation stuckAt;

        Search(List<Operation> operations, int maxConfigurations) {
            this.operations = operations;
            this.maxConfigurations = maxConfigurations;
            int nodes = 2 * operations.size() + 2;
            next = new int[nodes];
            previous = new int[nodes];
            placed = new long[(operations.size() + 63) / 64];
            path = new int[operations.size()];
            statesOnPath = new Object[operations.size()];
            mustBePlaced = (int) operations.stream().filter(Operation::hasEnded).count();
            link();
        }

        private void link() {
            TreeMap<Integer, Integer> byTime = new TreeMap<>();
            for (int i = 0; i < operations.size(); i++) {
                byTime.put(operations.get(i).start, 1 + 2 * i);
                if (operations.get(i).hasEnded()) {
                    byTime.put(operations.get(i).end, 2 + 2 * i);
                }
            }
            int last = HEAD;
            for (int node : byTime.values()) {
                join(last, node);
                last = node;
            }
            join(last, end());
        }

        /** All commands of one object are of the same kind, and so are its states. */
        @SuppressWarnings("unchecked")
        private static ModelCommand<Object> command(Operation operation) {
            return (ModelCommand<Object>) operation.invoked.command();
        }

        private int end() {
            return next.length - 1;
        }

        Finding run() {
            Object state = operations.isEmpty()
                    ? NOTHING
                    : command(operations.getFirst()).initial();
            int node = next[HEAD];
            while (mustBePlaced > 0) {
                if (node != end() && isStart(node)) {
                    int index = (node - 1) / 2;
                    Operation operation = operations.get(index);
                    ModelCommand<Object> command = command(operation);
                    if ((operation.result == null || operation.result.equals(command.result(state)))
                            && isNew(index, command.next(state))) {
                        place(index, state);
                        state = command.next(state);
                        node = next[HEAD];
                    } else {
                        node = next[node];
                    }
                    if (tried.size() > maxConfigurations) {
                        return new Finding(
                                Linearizability.NOT_DECIDED, "stopped after " + tried.size() + " configurations");
                    }
                } else {
                    // an operation that is not placed yet has ended, so the last choice was wrong
                    if (pathLength >= deepest) {
                        deepest = pathLength;
                        stuckAt = node == end() ? null : operations.get((node - 2) / 2);
                    }
                    if (pathLength == 0) {
                        return new Finding(
                                Linearizability.VIOLATED,
                                "no order explains more than %d of %d operations; no order explains '%s'"
                                        .formatted(deepest, operations.size(), stuckAt));
                    }
                    int index = path[pathLength - 1];
                    state = statesOnPath[pathLength - 1];
                    takeBack(index);
                    node = next[1 + 2 * index];
                }
            }
            return new Finding(Linearizability.HOLDS, "");
        }

        private boolean isNew(int index, Object state) {
            long[] with = placed.clone();
            with[index >> 6] |= 1L << index;
            return tried.add(new Configuration(with, state));
        }

        private void place(int index, Object state) {
            placed[index >> 6] |= 1L << index;
            path[pathLength] = index;
            statesOnPath[pathLength++] = state;
            unlink(1 + 2 * index);
            if (operations.get(index).hasEnded()) {
                unlink(2 + 2 * index);
                mustBePlaced--;
            }
        }

        private void takeBack(int index) {
            pathLength--;
            placed[index >> 6] &= ~(1L << index);
            if (operations.get(index).hasEnded()) {
                relink(2 + 2 * index);
                mustBePlaced++;
            }
            relink(1 + 2 * index);
        }

        private static boolean isStart(int node) {
            return node % 2 == 1;
        }

        private void join(int left, int right) {
            next[left] = right;
            previous[right] = left;
        }

        private void unlink(int node) {
            join(previous[node], next[node]);
        }

        private void relink(int node) {
            next[previous[node]] = node;
            previous[next[node]] = node;
        }
    }

    private static final class Configuration {

        private final long[] placed;
        private final Object state;

        Configuration(long[] placed, Object state) {
            this.placed = placed;
            this.state = state;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Configuration that
                    && state.equals(that.state)
                    && Arrays.equals(placed, that.placed);
        }

        @Override
        public int hashCode() {
            long hash = state.hashCode();
            for (long word : placed) {
                hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 32;
            }
            return (int) (hash ^ hash >>> 32);
        }
    }
}
