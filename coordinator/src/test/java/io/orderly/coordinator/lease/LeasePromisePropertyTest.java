package io.orderly.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Clocks of several nodes on one log. Leaders are replaced, learn of it late, pause, and leave entries that a later election adopts. In all
 * cases, no lease ends before the time that its client was granted; under a stable leader, all leases end.
 */
class LeasePromisePropertyTest {

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void noLeaseEndsBeforeTheTimeItsClientWasGranted(@ForAll long seed) {
        var world = new World(seed);
        world.run(120_000);
        world.settle();
        assertThat(world.store.now().leases())
                .as("seed %d: leases are left", seed)
                .isExhausted();
        Statistics.label("renewals").collect(world.renewals > 20);
        Statistics.label("expired while clients renewed").collect(world.expired > 0);
        Statistics.label("late entries").collect(world.lateEntries > 0);
    }

    private static final class World {

        private static final long TTL_MILLIS = 10_000;
        private static final int LEASES = 4;
        private static final long MILLIS = 1_000_000;

        private record Event(long atMillis, long number, Runnable action) implements Comparable<Event> {

            @Override
            public int compareTo(Event other) {
                return atMillis == other.atMillis
                        ? Long.compare(number, other.number)
                        : Long.compare(atMillis, other.atMillis);
            }
        }

        private final SplittableRandom random;
        private final long seed;
        private final PriorityQueue<Event> events = new PriorityQueue<>();
        private final List<Member> members = new ArrayList<>();
        private final Map<Long, Long> promisedUntil = new HashMap<>();
        private final Map<Long, Runnable> tokens = new HashMap<>();

        /** Entries that a leader wrote and that are not decided. */
        private final List<StoreCommand> leftBehind = new ArrayList<>();

        private long nowMillis;
        private long numbers;
        private long round;
        private boolean renewing = true;
        private Member leader;
        int renewals;
        int expired;
        int lateEntries;

        final Store store = new Store(new StoreListener() {
            @Override
            public void leasePromised(Lease lease) {
                leader.take(new LeaseInput.Promised(lease));
            }

            @Override
            public void leaseEnded(long id) {
                expired += renewing ? 1 : 0;
                assertThat(nowMillis)
                        .as("seed %d: lease %d ends at %d", seed, id, nowMillis)
                        .isGreaterThanOrEqualTo(promisedUntil.getOrDefault(id, 0L));
                leader.take(new LeaseInput.Ended(id));
            }

            @Override
            public void clockTookOver(Ballot clock, StoreView state) {
                List<Lease> all = new ArrayList<>();
                state.leases().forEachRemaining(all::add);
                leader.take(new LeaseInput.TookOver(clock, all));
            }
        });

        World(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            for (int i = 1; i <= 3; i++) {
                members.add(new Member(i));
            }
            leader = members.getFirst();
            members.forEach(Member::tick);
            leader.lead();
            for (long id = 1; id <= LEASES; id++) {
                client(id);
            }
            changeLeaders();
        }

        void after(long millis, Runnable action) {
            events.add(new Event(nowMillis + millis, ++numbers, action));
        }

        void run(long untilMillis) {
            while (nowMillis < untilMillis && !events.isEmpty()) {
                Event next = events.remove();
                nowMillis = next.atMillis();
                next.action().run();
            }
        }

        /** No client renews its lease any more, and the leader does not change. */
        void settle() {
            renewing = false;
            run(nowMillis + 3 * TTL_MILLIS);
        }

        private void changeLeaders() {
            after(random.nextLong(500, 15_000), () -> {
                if (renewing) {
                    elect(members.get(random.nextInt(members.size())));
                    changeLeaders();
                }
            });
        }

        /** The new leader adopts some of the undecided entries, which are decided before its own. */
        private void elect(Member next) {
            Member before = leader;
            leftBehind.addAll(before.undecided());
            if (before != next) {
                after(random.nextLong(0, 3_000), () -> before.depose(before.ballot));
            }
            leader = next;
            for (StoreCommand command : List.copyOf(leftBehind)) {
                if (random.nextInt(3) == 0) {
                    lateEntries++;
                    leftBehind.remove(command);
                    apply(command);
                }
            }
            next.lead();
        }

        private StoreResponse apply(StoreCommand command) {
            return store.apply(CommandCodec.decode(CommandCodec.encode(command)));
        }

        private void client(long id) {
            after(random.nextLong(1, 4_000), () -> {
                if (!renewing) {
                    return;
                }
                if (store.now().lease(id).isEmpty()) {
                    // an id is used for one lease only
                    long next = id + LEASES;
                    apply(new StoreCommand.LeaseGrant(next, TTL_MILLIS));
                    promise(next, nowMillis + TTL_MILLIS);
                    client(next);
                    return;
                } else if (random.nextInt(4) > 0) {
                    long asked = nowMillis;
                    long token = ++numbers;
                    tokens.put(token, () -> {
                        renewals++;
                        promise(id, asked + TTL_MILLIS);
                    });
                    Member member = random.nextInt(4) > 0 ? leader : members.get(random.nextInt(members.size()));
                    after(random.nextLong(1, 50), () -> member.take(new LeaseInput.KeepAlive(token, id)));
                } else {
                    after(random.nextLong(3_000, 15_000), () -> client(id));
                    return;
                }
                client(id);
            });
        }

        private void promise(long id, long untilMillis) {
            promisedUntil.merge(id, untilMillis, Math::max);
        }

        private final class Member {

            private record Proposal(long ticket, StoreCommand command) {}

            private final int id;
            private final long originMillis = random.nextLong(1_000_000);
            private final LeaseClock clock =
                    new LeaseClock(new LeaseClockSettings(Duration.ofMillis(200), Duration.ofMinutes(5), 3, 1_000));
            private final Deque<LeaseInput> missed = new ArrayDeque<>();
            private final Deque<Proposal> proposals = new ArrayDeque<>();
            private final List<StoreCommand> dropped = new ArrayList<>();
            private @Nullable Ballot ballot;
            private boolean isPaused;
            private boolean isStepping;

            Member(int id) {
                this.id = id;
            }

            void lead() {
                List<StoreCommand> old = undecided();
                leftBehind.addAll(old);
                ballot = new Ballot(++round, id);
                take(new LeaseInput.BecameLeader(ballot));
            }

            /** The node learns that it no longer leads, unless it leads again by now. */
            void depose(@Nullable Ballot old) {
                if (old != null && old.equals(ballot) && leader != this) {
                    ballot = null;
                    leftBehind.addAll(undecided());
                    take(new LeaseInput.SteppedDown());
                }
            }

            List<StoreCommand> undecided() {
                List<StoreCommand> commands = new ArrayList<>(dropped);
                proposals.forEach(one -> commands.add(one.command()));
                dropped.clear();
                proposals.clear();
                return commands;
            }

            void tick() {
                take(new LeaseInput.Tick((originMillis + nowMillis) * MILLIS));
                if (!isPaused && random.nextInt(1_000) == 0) {
                    isPaused = true;
                    after(random.nextLong(10, 8_000), () -> {
                        isPaused = false;
                        take(new LeaseInput.Tick((originMillis + nowMillis) * MILLIS));
                    });
                }
                after(random.nextLong(10, 40), this::tick);
            }

            void take(LeaseInput input) {
                missed.add(input);
                if (isPaused || isStepping) {
                    return;
                }
                isStepping = true;
                while (!missed.isEmpty()) {
                    List<LeaseInput> inputs = List.copyOf(missed);
                    missed.clear();
                    clock.step(inputs).forEach(this::carryOut);
                }
                isStepping = false;
            }

            private void carryOut(LeaseEffect effect) {
                switch (effect) {
                    case LeaseEffect.Response(long token, KeepAliveResponse answer) -> {
                        Runnable told = tokens.remove(token);
                        if (told != null && answer instanceof KeepAliveResponse.Renewed) {
                            told.run();
                        }
                    }
                    case LeaseEffect.Confirm(long ticket) -> {
                        boolean leads = leader == this;
                        after(
                                random.nextLong(1, 200),
                                () -> take(leads ? new LeaseInput.Confirmed(ticket) : new LeaseInput.Refused(ticket)));
                    }
                    case LeaseEffect.Propose(long ticket, StoreCommand command) -> {
                        if (leader == this && random.nextInt(10) == 0) {
                            after(random.nextLong(1, 50), () -> take(new LeaseInput.Refused(ticket)));
                        } else if (leader == this) {
                            proposals.add(new Proposal(ticket, command));
                            after(random.nextLong(1, 300), this::decideNext);
                        } else {
                            dropped.add(command);
                        }
                    }
                }
            }

            private void decideNext() {
                if (leader == this && !proposals.isEmpty()) {
                    Proposal next = proposals.remove();
                    take(new LeaseInput.Applied(next.ticket(), apply(next.command())));
                }
            }
        }
    }
}
