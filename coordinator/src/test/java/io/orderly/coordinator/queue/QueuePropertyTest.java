package io.orderly.coordinator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import io.orderly.coordinator.watch.Watches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Clients in one queue, with the production store and watches, over a network that loses, delays and repeats requests and responses, and
 * breaks watches; leases end and the history is compacted meanwhile. After the faults end, every client acquires the lock or is told that
 * its session ended.
 */
class QueuePropertyTest {

    private static final Bytes PREFIX = Bytes.utf8("lock/");
    private static final QueueSettings SETTINGS = new QueueSettings(Duration.ofMillis(40));

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void oneHolderAtATimeInOrder(@ForAll long seed) {
        var run = new Run(seed);
        for (int i = 0; i < 400; i++) {
            run.disturb();
            run.checkThatOneIsAtTheHead();
        }
        run.endFaults();
        Statistics.label("entries that reached the head").collect(Math.min(4, run.heads));
        Statistics.label("session ended").collect(run.sessionsEnded > 0);
    }

    private static final class Run {

        private final SplittableRandom random;
        private final Watches watches = new Watches(new WatchSettings(100, 2, 1_000, 3, 1_000, Duration.ofDays(1)), 1);
        private final Store store = new Store(watches);
        private final List<Client> clients = new ArrayList<>();
        private final Map<Long, Session> sessions = new HashMap<>();

        /** All requests sent so far; each may arrive late, or again. */
        private final List<Sent> network = new ArrayList<>();

        private long nowNanos;
        private long highestToken;
        private int heads;
        private int sessionsEnded;

        Run(long seed) {
            random = new SplittableRandom(seed);
        }

        void disturb() {
            nowNanos += 1_000_000;
            @Nullable Client client = clients.isEmpty() ? null : clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(30)) {
                case 0, 1 -> newClient();
                case 2 -> {
                    if (client != null && random.nextInt(3) == 0) {
                        endLease(client.session);
                    }
                }
                case 3 -> store.apply(new StoreCommand.Compact(store.now().revision()));
                case 4, 5 -> {
                    if (client != null) {
                        client.step(new QueueInput.Leave());
                    }
                }
                case 6 -> clients.forEach(each -> each.step(new QueueInput.Tick(nowNanos)));
                case 7 -> {
                    if (client != null) {
                        client.breakAWatch();
                    }
                }
                case 8 -> {
                    if (client != null) {
                        client.step(new QueueInput.Publish(Bytes.utf8("v" + nowNanos)));
                    }
                }
                case 9, 10, 11, 12 -> {
                    if (client != null) {
                        client.giveUpWaitingForAResponse();
                    }
                }
                case 13, 14, 15, 16, 17 -> {
                    if (client != null) {
                        client.listen();
                    }
                }
                default -> deliver();
            }
        }

        private void newClient() {
            long lease = random.nextLong(1, 5);
            Session session = sessions.get(lease);
            if (session == null || session.ended) {
                lease = lease + 10L * sessions.size();
                session = new Session(lease);
                sessions.put(lease, session);
                store.apply(new StoreCommand.LeaseGrant(lease, 10_000));
                store.apply(new StoreCommand.SessionOpen(lease));
            }
            long deadline = random.nextInt(4) == 0 ? nowNanos + random.nextLong(200_000_000) : Long.MAX_VALUE;
            Client client = new Client(this, session, clients.size(), deadline);
            clients.add(client);
            client.carryOut(client.place.join());
        }

        private void endLease(Session session) {
            if (!session.ended) {
                session.ended = true;
                store.apply(new StoreCommand.LeaseRevoke(session.lease));
                if (random.nextBoolean()) {
                    clients.stream()
                            .filter(client -> client.session == session)
                            .forEach(client -> client.step(new QueueInput.SessionEnded()));
                }
            }
        }

        /** A random request arrives, for the first time or again; the response may be lost. */
        private void deliver() {
            if (!network.isEmpty()) {
                int which = random.nextInt(4) == 0
                        ? random.nextInt(network.size())
                        : Math.max(0, network.size() - 1 - random.nextInt(4));
                Sent sent = network.get(which);
                StoreResponse answer = store.apply(sent.command);
                if (random.nextInt(3) > 0) {
                    sent.by.step(new QueueInput.Answered(sent.request, answer));
                }
            }
        }

        /** All clients that consider themselves at the head, and whose key is in the store, have the same key. */
        void checkThatOneIsAtTheHead() {
            List<Client> atHead = clients.stream()
                    .filter(client -> client.place.isHead() && store.now().get(client.place.key()) != null)
                    .toList();
            assertThat(atHead.stream().map(client -> client.place.key()).distinct())
                    .hasSizeLessThanOrEqualTo(1);
            for (Client client : atHead) {
                assertThat(client.token).isGreaterThanOrEqualTo(highestToken);
                assertThat(store.now().get(client.place.key()))
                        .satisfies(own -> assertThat(own.createRevision()).isEqualTo(client.token));
                highestToken = client.token;
            }
        }

        /** No message is lost from now on; earlier requests may still arrive. */
        void endFaults() {
            for (int round = 0; ; round++) {
                assertThat(round).as("rounds until every client has ended").isLessThan(500);
                nowNanos += 10_000_000;
                for (Client client : clients) {
                    client.step(new QueueInput.Tick(nowNanos));
                    client.answerAll();
                    client.listen();
                    client.answerAll();
                    checkThatOneIsAtTheHead();
                }
                if (clients.stream().allMatch(client -> client.ended != null)) {
                    break;
                }
                if (round > 20) {
                    clients.stream()
                            .filter(client -> client.place.isHead())
                            .forEach(client -> client.step(new QueueInput.Leave()));
                }
            }
            network.forEach(late -> store.apply(late.command));
            assertThat(((StoreResponse.Range) store.now().range(Operation.Range.of(KeyRange.startingWith(PREFIX))))
                            .keyValues())
                    .as("keys without a client")
                    .isEmpty();
            for (Client client : clients) {
                if (client.ended instanceof EndReason.SessionEnded) {
                    boolean shared =
                            clients.stream().anyMatch(other -> other != client && other.session == client.session);
                    assertThat(client.session.ended || shared).isTrue();
                    sessionsEnded += client.session.ended ? 1 : 0;
                } else {
                    assertThat(client.ended).isNotInstanceOf(EndReason.Rejected.class);
                }
            }
            assertThat(watches.size()).as("watches left open").isZero();
        }
    }

    private record Sent(Client by, long request, StoreCommand command) {}

    /** The state that a client library keeps for all entries of a lease. */
    private static final class Session {

        private final long lease;
        private final TreeSet<Long> unanswered = new TreeSet<>();
        private long lastSequence;
        private boolean ended;

        Session(long lease) {
            this.lease = lease;
        }

        StoreCommand wrap(long sequence, StoreCommand command) {
            return new StoreCommand.InSession(lease, sequence, unanswered.first(), command);
        }
    }

    private static final class Client {

        private final Run run;
        private final Session session;
        private final QueueEntry place;
        private final Map<Long, Long> sequences = new HashMap<>();
        private final Map<Long, Long> openWatches = new HashMap<>();
        private @Nullable Sent last;
        private long token;
        private @Nullable EndReason ended;

        Client(Run run, Session session, long attempt, long deadlineNanos) {
            this.run = run;
            this.session = session;
            place = new QueueEntry(
                    SETTINGS,
                    new QueueKey(PREFIX, session.lease, attempt),
                    Bytes.utf8("joined"),
                    run.nowNanos,
                    deadlineNanos);
        }

        void step(QueueInput input) {
            carryOut(place.step(input));
        }

        void carryOut(List<QueueEffect> effects) {
            for (QueueEffect effect : effects) {
                assertThat(ended).as("nothing follows the end").isNull();
                switch (effect) {
                    case QueueEffect.Execute(long request, StoreCommand.Txn command) -> {
                        if (last != null && last.request != request) {
                            session.unanswered.remove(sequences.get(last.request));
                        }
                        long sequence = sequences.computeIfAbsent(request, _ -> ++session.lastSequence);
                        session.unanswered.add(sequence);
                        last = new Sent(this, request, session.wrap(sequence, command));
                        run.network.add(last);
                    }
                    case QueueEffect.OpenWatch(long watch, var request) ->
                        openWatches.put(watch, run.watches.open(request).orElseThrow());
                    case QueueEffect.CloseWatch(long watch) -> {
                        Long id = openWatches.remove(watch);
                        if (id != null) {
                            run.watches.close(id);
                        }
                    }
                    case QueueEffect.Acquired(long acquired) -> {
                        token = acquired;
                        run.heads++;
                    }
                    case QueueEffect.Published(Bytes value) -> assertThat(value).isNotEqualTo(Bytes.EMPTY);
                    case QueueEffect.Ended(EndReason reason) -> {
                        ended = reason;
                        if (last != null) {
                            session.unanswered.remove(sequences.get(last.request));
                        }
                    }
                }
            }
        }

        void giveUpWaitingForAResponse() {
            if (last != null && ended == null) {
                step(new QueueInput.Unanswered(last.request));
            }
        }

        void answerAll() {
            for (Sent sent = null; sent != last && ended == null; ) {
                sent = last;
                step(new QueueInput.Answered(sent.request, run.store.apply(sent.command)));
            }
        }

        void listen() {
            for (var open : List.copyOf(openWatches.entrySet())) {
                for (WatchResponse delivery : run.watches.take(open.getValue(), run.store.now(), 3)) {
                    if (openWatches.containsKey(open.getKey())) {
                        step(new QueueInput.Watched(open.getKey(), delivery));
                    }
                }
            }
        }

        void breakAWatch() {
            openWatches.keySet().stream().findFirst().ifPresent(watch -> {
                run.watches.close(openWatches.remove(watch));
                step(new QueueInput.WatchBroken(watch));
            });
        }
    }
}
