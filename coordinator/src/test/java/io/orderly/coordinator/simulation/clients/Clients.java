package io.orderly.coordinator.simulation.clients;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.simulation.BrokenPromise;
import io.orderly.coordinator.simulation.Trace;
import io.orderly.coordinator.simulation.VirtualTime;
import io.orderly.coordinator.simulation.history.Event;
import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.MapCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients of the map. A client asks again, elsewhere, until it is told. Sometimes it loses patience and goes on to its next
 * operation; how the last one ended is then looked up in the log. For the next one it waits, so that a client never has more than
 * two operations open and the history can be checked.
 */
public final class Clients {

    private static final long ANSWER_TIMEOUT_MICROS = 400_000;
    private static final long PATIENCE_MICROS = 3_000_000;
    private static final long RETRY_MICROS_MAX = 60_000;
    private static final long LINK_MICROS_MIN = 50;
    private static final long LINK_MICROS_MAX = 1_000;

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Service service;
    private final History history;
    private final Trace trace;
    private final int keys;
    private final long thinkMicrosMax;

    /** Left by their clients, and not in the log so far; by operation, with the client. */
    private final SortedMap<Integer, Integer> abandoned = new TreeMap<>();

    private final Set<Integer> inLog = new HashSet<>();

    /** Their clients were told that these never happen. */
    private final Set<Integer> refused = new HashSet<>();

    private int operationsMax;
    private int clients;
    private int operations;
    private int inFlight;
    private int answered;
    private int unanswered;

    /** They do nothing until they are {@linkplain #allow allowed} to. */
    public Clients(VirtualTime time, RandomGenerator random, Service service, History history, Trace trace) {
        this.time = time;
        this.random = random;
        this.service = service;
        this.history = history;
        this.trace = trace;
        keys = random.nextInt(2, 5);
        thinkMicrosMax = random.nextLong(50_000, 500_000);
    }

    /** @param count of clients at a time */
    public void start(int count) {
        for (int i = 0; i < count; i++) {
            new Client().think();
        }
    }

    /** Clients that were idle go on. */
    public void allow(int more) {
        operationsMax = operations + more;
    }

    /** @return whether all operations that are allowed were started and have ended */
    public boolean areIdle() {
        return operations == operationsMax && inFlight == 0;
    }

    public int operations() {
        return operations;
    }

    public int answered() {
        return answered;
    }

    /** @return how many operations ended without their clients being told */
    public int unanswered() {
        return unanswered;
    }

    /** The log says that a request has taken effect, whether or not its client will ever hear of it. */
    public void tookEffect(Request request) {
        if (refused.contains(request.operation())) {
            throw BrokenPromise.safety("what is refused has no effect", request + " took effect");
        }
        if (inLog.add(request.operation()) && abandoned.remove(request.operation()) != null) {
            history.add(new Event.FoundDone(request.operation(), time.nowMicros()));
        }
        // the map takes nothing any more from before the client's last request
        List.copyOf(abandoned.headMap(request.operation()).entrySet()).stream()
                .filter(older -> older.getValue() == request.client())
                .forEach(older -> neverHappened(older.getKey()));
    }

    /** Nothing is on its way any more: what is not in the log never will be. */
    public void settle() {
        List.copyOf(abandoned.keySet()).forEach(this::neverHappened);
    }

    private void neverHappened(int operation) {
        abandoned.remove(operation);
        refused.add(operation);
        history.add(new Event.NeverHappened(operation, time.nowMicros()));
    }

    private MapCommand command() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new MapCommand.Get();
            case 3, 4 -> new MapCommand.Put(random.nextInt(1, 1_000_000));
            case 5, 6 -> new MapCommand.Add(random.nextInt(1, 10));
            default -> new MapCommand.CompareAndSet(random.nextInt(5), random.nextInt(1, 5));
        };
    }

    private long linkMicros() {
        return random.nextLong(LINK_MICROS_MIN, LINK_MICROS_MAX);
    }

    private final class Client {

        private final int id = ++clients;
        private @Nullable NodeId favourite;

        /** The operation it waits for. */
        private @Nullable Request request;

        private long deadlineMicros;
        private int lastAbandoned;
        private int attempt;

        /** Whether an attempt at this operation may have reached the log. */
        private boolean mayHappen;

        void think() {
            time.after(random.nextLong(1, thinkMicrosMax), this::begin);
        }

        private void begin() {
            if (operations == operationsMax) {
                think();
                return;
            }
            Request next = new Request(id, ++operations, random.nextInt(keys), command());
            request = next;
            deadlineMicros = abandoned.containsKey(lastAbandoned) ? Long.MAX_VALUE : time.nowMicros() + PATIENCE_MICROS;
            mayHappen = false;
            inFlight++;
            history.add(new Event.Invoked(next.operation(), id, next.key(), next.command(), time.nowMicros()));
            trace.add(time.nowMicros(), "c" + id, () -> "asks " + next);
            attempt(next);
        }

        private void attempt(Request asked) {
            int number = ++attempt;
            boolean couldHappenBefore = mayHappen;
            NodeId node = favourite == null ? anyNode() : favourite;
            mayHappen = true;
            time.after(
                    linkMicros(),
                    () -> service.ask(
                            node,
                            asked,
                            answer -> time.after(linkMicros(), () -> hear(asked, number, couldHappenBefore, answer))));
            time.after(ANSWER_TIMEOUT_MICROS, () -> {
                if (number == attempt && asked.equals(request)) {
                    favourite = null;
                    retry(asked);
                }
            });
        }

        private void hear(Request asked, int number, boolean couldHappenBefore, Answer answer) {
            if (!asked.equals(request)) {
                return;
            }
            switch (answer) {
                case Answer.Done done -> {
                    answered++;
                    history.add(new Event.Answered(asked.operation(), done.result(), time.nowMicros()));
                    trace.add(time.nowMicros(), "c" + id, () -> "is told " + done.result() + " for " + asked);
                    end();
                    think();
                }
                case Answer.Refused refused -> {
                    if (number == attempt) {
                        mayHappen = couldHappenBefore;
                        favourite = refused.leader();
                        time.after(random.nextLong(1, RETRY_MICROS_MAX), () -> {
                            if (number == attempt && asked.equals(request)) {
                                retry(asked);
                            }
                        });
                    }
                }
                case Answer.Unknown _ -> {
                    if (number == attempt) {
                        favourite = null;
                        retry(asked);
                    }
                }
            }
        }

        private void retry(Request asked) {
            if (time.nowMicros() < deadlineMicros) {
                attempt(asked);
                return;
            }
            trace.add(time.nowMicros(), "c" + id, () -> "gives up on " + asked);
            unanswered++;
            if (!mayHappen) {
                neverHappened(asked.operation());
            } else if (inLog.contains(asked.operation())) {
                history.add(new Event.FoundDone(asked.operation(), time.nowMicros()));
            } else {
                abandoned.put(asked.operation(), id);
                lastAbandoned = asked.operation();
            }
            end();
            think();
        }

        private void end() {
            request = null;
            inFlight--;
        }

        private NodeId anyNode() {
            List<NodeId> nodes = service.nodes();
            return nodes.get(random.nextInt(nodes.size()));
        }
    }
}
