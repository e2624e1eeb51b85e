package io.orderly.partitions.simulation;

import io.orderly.partitions.AssignerEffect;
import io.orderly.partitions.MemberId;
import io.orderly.partitions.OwnerEffect;
import io.orderly.partitions.PartitionAssigner;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.PartitionOwner;
import io.orderly.partitions.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One instance of a service: it registers, campaigns, follows the map, and writes to the database. */
final class SimulatedInstance {

    private static final long TICK_MILLIS = 100;
    private static final long RENEWAL_MILLIS = ModelStore.TTL_MILLIS / 3;
    private static final double DRIFT = 0.01;
    private static final double STOPPING_PART = 0.1;

    private final PartitionSimulation simulation;
    private final int number;
    private final double clockRate;
    private int process;
    private int registrations;
    private long pausedUntil;
    private boolean up;

    private @Nullable Registration registration;

    SimulatedInstance(PartitionSimulation simulation, int number) {
        this.simulation = simulation;
        this.number = number;
        clockRate = 1 + DRIFT / 2 * (simulation.random().nextDouble() * 2 - 1);
    }

    void start() {
        up = true;
        int started = ++process;
        inProcess(started, 0, () -> tick(started));
    }

    void crash() {
        up = false;
        process++;
        registration = null;
    }

    void pause(long millis) {
        pausedUntil = Math.max(pausedUntil, simulation.time().now() + millis);
    }

    boolean isUp() {
        return up;
    }

    /** Whether it works on a partition with a lease that is valid by its own clock. */
    boolean worksOn(PartitionId partition) {
        Registration current = registration;
        return current != null && current.working.contains(partition) && clockNanos() < current.validUntilNanos;
    }

    /** How many partitions it may write to now. */
    int writable() {
        Registration current = registration;
        return current == null
                ? 0
                : (int) PartitionId.all().stream()
                        .filter(partition ->
                                current.owner.token(partition, clockNanos()).isPresent())
                        .count();
    }

    private long clockNanos() {
        return (long) (simulation.time().now() * clockRate * 1_000_000);
    }

    private static long certainNanos(long askedNanos) {
        return askedNanos + (long) (ModelStore.TTL_MILLIS * 1_000_000 * (1 - DRIFT) * (1 - STOPPING_PART));
    }

    private void tick(int ofProcess) {
        Registration current = registration;
        if (current == null) {
            register();
        } else {
            current.tick();
        }
        inProcess(ofProcess, TICK_MILLIS, () -> tick(ofProcess));
    }

    private void register() {
        MemberId member = new MemberId("m%d-%d".formatted(number, ++registrations));
        long asked = clockNanos();
        int ofProcess = process;
        simulation.request(
                () -> {
                    simulation.store().register(member, simulation.time().now());
                    return member;
                },
                registered -> inProcess(ofProcess, 0, () -> {
                    if (registration == null && clockNanos() < certainNanos(asked)) {
                        registration = new Registration(registered, asked);
                    }
                }));
    }

    /** Runs an action after a delay, and after the pause if the process is paused; not if the process has crashed. */
    void inProcess(int ofProcess, long delayMillis, Runnable action) {
        simulation.time().after(delayMillis, () -> {
            long pause = pausedUntil - simulation.time().now();
            if (ofProcess != process) {
                return;
            }
            if (pause > 0) {
                inProcess(ofProcess, pause, action);
            } else {
                action.run();
            }
        });
    }

    void watched(long revision, @Nullable String text) {
        inProcess(process, 0, () -> {
            if (registration != null) {
                registration.perform(registration.owner.mapSeen(clockNanos(), revision, text));
            }
        });
    }

    private final class Registration {

        private final MemberId self;
        private final int ofProcess = process;
        private final PartitionAssigner assigner = new PartitionAssigner();
        private final PartitionOwner owner;
        private final Set<PartitionId> working = new TreeSet<>();
        private long validUntilNanos;
        private long renewedMillis = simulation.time().now();
        private long acknowledgement;
        private boolean leads;

        Registration(MemberId self, long askedNanos) {
            this.self = self;
            validUntilNanos = validUntil(askedNanos);
            owner = new PartitionOwner(self, validUntilNanos);
        }

        private long validUntil(long askedNanos) {
            return simulation.breaks(Breakage.LEASE_NOT_CHECKED) ? Long.MAX_VALUE / 2 : certainNanos(askedNanos);
        }

        void tick() {
            perform(owner.tick(clockNanos()));
            if (owner.isOver()) {
                registration = null;
                return;
            }
            if (simulation.time().now() - renewedMillis >= RENEWAL_MILLIS) {
                renew();
            }
            if (acknowledgement > 0) {
                long generation = acknowledgement;
                simulation.request(
                        () -> {
                            simulation.store().acknowledge(self, generation);
                            return generation;
                        },
                        _ -> {});
            }
            simulation.request(
                    () -> new Reading(simulation.read(), simulation.store().leaderToken(self)),
                    reading -> inThis(0, () -> read(reading)));
            write();
        }

        private record Reading(Snapshot snapshot, long leaderToken) {}

        private void read(Reading reading) {
            Snapshot snapshot = reading.snapshot;
            perform(owner.mapSeen(clockNanos(), snapshot.mapRevision(), snapshot.mapText()));
            if (reading.leaderToken > 0 && !leads) {
                leads = true;
                assigner.elected(reading.leaderToken);
            }
            for (AssignerEffect effect : assigner.seen(snapshot)) {
                switch (effect) {
                    case AssignerEffect.Propose propose -> propose(propose);
                    case AssignerEffect.Alarm alarm -> throw new AssertionError(alarm);
                }
            }
        }

        private void propose(AssignerEffect.Propose propose) {
            simulation.propose(propose);
            inThis(TICK_MILLIS * 5, assigner::answered);
        }

        private void renew() {
            long asked = clockNanos();
            renewedMillis = simulation.time().now();
            simulation.request(
                    () -> simulation.store().renew(self, simulation.time().now()),
                    renewed -> inThis(0, () -> {
                        if (renewed) {
                            long until = validUntil(asked);
                            perform(owner.renewed(clockNanos(), until));
                            if (!owner.isOver()) {
                                validUntilNanos = Math.max(validUntilNanos, until);
                            }
                        } else if (!simulation.breaks(Breakage.LEASE_NOT_CHECKED)) {
                            perform(owner.end());
                        }
                    }));
        }

        /** A write with the token that was valid before; some arrive after a long time, as of a process that was paused. */
        private void write() {
            for (PartitionId partition : PartitionId.all()) {
                if (simulation.random().nextInt(8) == 0) {
                    owner.token(partition, clockNanos())
                            .ifPresent(token -> simulation
                                    .time()
                                    .after(
                                            simulation.writeDelayMillis(),
                                            () -> simulation.database().write(partition, token)));
                }
            }
        }

        void perform(List<OwnerEffect> effects) {
            for (OwnerEffect effect : effects) {
                switch (effect) {
                    case OwnerEffect.Acquired(PartitionId partition, long token) -> {
                        working.add(partition);
                        simulation.acquired(partition, token);
                    }
                    case OwnerEffect.Lost(PartitionId partition) ->
                        inThis(simulation.random().nextInt(200), () -> {
                            working.remove(partition);
                            perform(owner.stopped(partition));
                        });
                    case OwnerEffect.Acknowledge(long generation) -> acknowledgement = generation;
                    case OwnerEffect.Alarm alarm -> throw new AssertionError(alarm);
                }
            }
        }

        private void inThis(long delayMillis, Runnable action) {
            inProcess(ofProcess, delayMillis, () -> {
                if (registration == this) {
                    action.run();
                }
            });
        }
    }
}
