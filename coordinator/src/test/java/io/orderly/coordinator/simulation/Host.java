package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Configuration;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Event;
import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Outcome;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Replica;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.FsyncPolicy;
import io.orderly.coordinator.log.Identity;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.SimulatedDisk;
import io.orderly.coordinator.log.UnusableFolderException;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.node.Node;
import io.orderly.coordinator.node.StateMachine;
import io.orderly.coordinator.node.Storage;
import io.orderly.coordinator.simulation.clients.Answer;
import io.orderly.coordinator.simulation.clients.ReplicatedMap;
import io.orderly.coordinator.simulation.clients.Request;
import io.orderly.coordinator.simulation.history.MapCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A machine with a disk and a clock, and at times a process on it: a node of the production classes. */
final class Host {

    private static final UUID CLUSTER = new UUID(7, 7);
    private static final long TICK_MICROS = 15_000;
    private static final int MAX_FLIPS = 12;
    private static final long HUNG_DISK_POLL_MICROS = 5_000;

    /** How a process ended. */
    enum Death {
        /** The machine stays up, and its file cache with it. */
        KILLED,
        POWER_LOST
    }

    private final NodeId id;
    private final Cluster cluster;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Configuration configuration;
    private final Membership initial;
    private final SimulatedDisk disk;
    private final Identity identity;
    private final LogSettings logSettings;

    private @Nullable Process process;
    private int lives;
    private double clockRate = 1;
    private long clockNanos;
    private boolean paused;
    private boolean isMade;
    private boolean flipped;
    private boolean refuses;
    private boolean gone;

    Host(NodeId id, Cluster cluster, Configuration configuration, RandomGenerator random, Membership initial) {
        this.id = id;
        this.cluster = cluster;
        this.time = cluster.time();
        this.random = random;
        this.configuration = configuration;
        this.initial = initial;
        disk = new SimulatedDisk(random);
        identity = new Identity(CLUSTER, id);
        logSettings = new LogSettings(
                random.nextLong(1_000, 20_000),
                random.nextInt(10, 300),
                configuration.maxCommandBytes(),
                FsyncPolicy.ALWAYS);
        clockNanos = random.nextLong(1_000_000_000_000L);
    }

    NodeId id() {
        return id;
    }

    SimulatedDisk disk() {
        return disk;
    }

    boolean isUp() {
        return process != null;
    }

    /** Whether it will never run again. */
    boolean isGone() {
        return gone;
    }

    /** Whether its files are such that the production code does not start on them. */
    boolean refuses() {
        return refuses;
    }

    /** Whether bits of its files were turned over, and it has not recovered from that. */
    boolean isDamaged() {
        if (flipped && process != null && process.isSound()) {
            flipped = false;
        }
        return flipped || refuses;
    }

    /** @return null while no process runs */
    @Nullable Status status() {
        return process == null ? null : process.status();
    }

    // what befalls it

    void start() {
        if (process != null || gone || refuses) {
            return;
        }
        try {
            process = new Process(++lives);
            log("starts");
            process.turn();
            process.tick();
        } catch (UnusableFolderException e) {
            log("does not start: " + e.getMessage());
            if (disk.freeBytes() < logSettings.segmentBytes()) {
                // it says that it wants room, and somebody will make room
                cluster.restartLater(this);
                return;
            }
            if (!flipped) {
                throw BrokenPromise.safety(
                        Promises.MEMORY, id + " refuses to start on a sound disk: " + e.getMessage());
            }
            refuses = true;
            cluster.administrator().replace(id);
        } catch (SimulatedDisk.PowerLoss e) {
            die(Death.POWER_LOST);
            cluster.restartLater(this);
        } catch (IOException e) {
            log("cannot start: " + e);
            die(Death.KILLED);
            cluster.restartLater(this);
        }
    }

    void die(Death death) {
        log("dies, " + death);
        process = null;
        paused = false;
        cluster.promises().stops(id);
        if (death == Death.POWER_LOST) {
            SimulatedDisk.PowerFailure failure = disk.crash();
            log("disk: " + failure);
        } else {
            disk.kill();
        }
    }

    /** Only while it is down. */
    void flip() {
        int bits = random.nextInt(4) == 0 ? random.nextInt(2, MAX_FLIPS) : 1;
        for (int i = 0; i < bits; i++) {
            String where = random.nextBoolean() ? flipInLog() : disk.flipSomewhere();
            log("a bit flips in " + where);
        }
        flipped = true;
    }

    /** Where the records are, for most of what could be told of a log is told of them. */
    private @Nullable String flipInLog() {
        List<String> segments = disk.names().stream()
                .filter(name -> name.startsWith("segment-") && disk.sizeOf(name) > 1)
                .toList();
        if (segments.isEmpty()) {
            return disk.flipSomewhere();
        }
        String name = segments.get(random.nextInt(segments.size()));
        int size = disk.sizeOf(name);
        long bit = random.nextLong(size / 2 * 8L, size * 8L);
        disk.flip(name, bit);
        return name + " at byte " + bit / 8;
    }

    void loseDisk() {
        process = null;
        gone = true;
        disk.lose();
        cluster.promises().stops(id);
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (process != null) {
            process.goOn();
        }
    }

    void clockRate(double rate) {
        clockRate = rate;
    }

    private void log(String what) {
        cluster.trace().add(time.nowMicros(), id.toString(), () -> what);
    }

    // what is asked of it

    void receive(NodeId from, Message message) {
        if (process != null) {
            process.take(new Input.Received(from, message));
        }
    }

    void ask(Request request, Consumer<Answer> answer) {
        if (process != null) {
            process.ask(request, answer);
        }
    }

    void change(MembershipRequest request) {
        if (process != null) {
            process.take(new Input.ChangeMembership(process.nextToken(), request));
        }
    }

    void transferTo(NodeId target) {
        if (process != null) {
            process.take(new Input.TransferLeadership(process.nextToken(), target));
        }
    }

    /** One life of a node. */
    private final class Process {

        private final String name;
        private final Machine machine = new Machine();
        private final DiskStorage storage;
        private final Node<Long> node;
        private final Map<Long, Asked> asked = new HashMap<>();

        /** What came in while the process stood still. */
        private final List<Input> missed = new ArrayList<>();

        private final List<Runnable> postponed = new ArrayList<>();
        private boolean diskIsBusy;
        private long tokens;

        /** @param acknowledged the highest slot that somebody had been told of when this was asked */
        private record Asked(Request request, Consumer<Answer> answer, long acknowledged) {}

        Process(int life) throws IOException {
            name = id + " in life " + life;
            if (!isMade) {
                DataFolder.create(disk, identity, initial, logSettings);
                isMade = true;
            }
            storage = new DiskStorage(DataFolder.open(disk, identity, logSettings));
            DurableState state = storage.durableState();
            cluster.promises().starts(id, state, flipped);
            if (state.snapshot() != null) {
                machine.restore(storage.snapshotState().orElseThrow());
                cluster.promises().restores(id, state.snapshot().slot(), machine.map.fingerprint());
            }
            if (!state.faulty().isEmpty()) {
                log("has corrupt slots " + state.faulty());
            }
            Replica replica = new Replica(id, configuration, state, random);
            node = new Node<>(replica, storage, machine, this::send, this::answer, this::observe);
        }

        Status status() {
            return node.status();
        }

        /** Whether nothing is corrupt, and all that repaired it is durable. */
        boolean isSound() {
            return !diskIsBusy && !storage.hasWork() && status().faulty().isEmpty();
        }

        private boolean isAlive() {
            return process == this;
        }

        long nextToken() {
            return ++tokens;
        }

        void tick() {
            if (!isAlive()) {
                return;
            }
            clockNanos += (long) (TICK_MICROS * 1_000 * clockRate);
            take(new Input.Tick(clockNanos));
            time.after(TICK_MICROS - 500 + random.nextLong(1_000), this::tick);
        }

        void take(Input input) {
            if (paused) {
                missed.add(input);
            } else {
                handle(List.of(input));
            }
        }

        private void handle(List<Input> inputs) {
            if (isAlive()) {
                cluster.countStep();
                node.handle(inputs);
                turn();
            }
        }

        void goOn() {
            List<Input> inputs = List.copyOf(missed);
            List<Runnable> actions = List.copyOf(postponed);
            missed.clear();
            postponed.clear();
            if (!inputs.isEmpty()) {
                handle(inputs);
            }
            actions.forEach(Runnable::run);
        }

        void ask(Request request, Consumer<Answer> answer) {
            long token = nextToken();
            asked.put(token, new Asked(request, answer, cluster.promises().acknowledged()));
            boolean readsWithoutLog = request.command() instanceof MapCommand.Get && request.operation() % 4 != 0;
            take(readsWithoutLog ? new Input.Read(token) : new Input.Propose(token, request.encode()));
        }

        // the disk's thread

        private void turn() {
            if (diskIsBusy || !isAlive() || !storage.hasWork()) {
                return;
            }
            diskIsBusy = true;
            if (attempt(storage::write)) {
                awaitForce();
            }
        }

        private void awaitForce() {
            OptionalLong nanos = disk.forceNanos();
            time.after(nanos.isEmpty() ? HUNG_DISK_POLL_MICROS : nanos.getAsLong() / 1_000, () -> {
                if (!isAlive()) {
                    return;
                }
                if (nanos.isEmpty()) {
                    awaitForce();
                } else if (paused) {
                    postponed.add(this::force);
                } else {
                    force();
                }
            });
        }

        private void force() {
            if (!isAlive()) {
                return;
            }
            Storage.Progress[] progress = new Storage.Progress[1];
            if (attempt(() -> progress[0] = storage.force())) {
                diskIsBusy = false;
                cluster.promises().becameDurable(id, progress[0].durablePoint());
                progress[0].done().forEach(this::observe);
                cluster.countStep();
                node.handle(progress[0]);
                turn();
            }
        }

        /** @return whether the process lives on */
        private boolean attempt(DiskAction action) {
            try {
                action.run();
                return true;
            } catch (SimulatedDisk.PowerLoss e) {
                cluster.count(FaultKind.TORN_WRITE);
                die(Death.POWER_LOST);
            } catch (IOException e) {
                // a machine whose disk has failed is started anew, for its file cache can no longer be trusted
                log("disk fails: " + e.getMessage());
                die(Death.POWER_LOST);
            }
            cluster.restartLater(Host.this);
            return false;
        }

        // the ports

        private void send(NodeId to, Message message) {
            cluster.promises().sends(id, message);
            cluster.send(id, to, message);
        }

        private void answer(Outcome outcome, @Nullable Long result) {
            cluster.trace().add(time.nowMicros(), id.toString(), () -> outcome);
            Asked one = asked.remove(outcome.token());
            if (one == null) {
                return;
            }
            one.answer.accept(
                    switch (outcome) {
                        case Outcome.Applied applied -> {
                            if (result == null) {
                                throw BrokenPromise.safety("every applied command has a result", applied.toString());
                            }
                            cluster.promises().acknowledges(applied.slot());
                            yield new Answer.Done(result);
                        }
                        case Outcome.Readable readable -> {
                            cluster.promises().reads(id, readable.slot(), one.acknowledged);
                            yield new Answer.Done(machine.map.get(one.request.key()));
                        }
                        case Outcome.NotApplied refused ->
                            new Answer.Refused(
                                    refused.refusal() instanceof Refusal.NotLeader other ? other.leader() : null);
                        case Outcome.Unknown _, Outcome.HandedOver _ -> new Answer.Unknown();
                    });
        }

        private void observe(Effects effects) {
            if (!effects.records().isEmpty()) {
                cluster.promises().wrote(id, effects.records(), effects.persistPoint());
            }
            for (Event event : effects.events()) {
                cluster.trace().add(time.nowMicros(), id.toString(), () -> event);
                if (event instanceof Event.BecameLeader leader) {
                    cluster.promises().leads(id, leader.ballot(), name);
                }
                cluster.count(event);
            }
        }

        private void observe(Storage.Done done) {
            switch (done) {
                case Storage.Done.Taken _ -> cluster.count(FaultKind.COMPACTION);
                case Storage.Done.Installed installed ->
                    cluster.promises()
                            .restores(
                                    id,
                                    installed.snapshot().slot(),
                                    ReplicatedMap.restore(installed.state()).fingerprint());
                case Storage.Done.Spoiled _, Storage.Done.Read _ -> {}
            }
        }

        private final class Machine implements StateMachine<Long> {

            private ReplicatedMap map = new ReplicatedMap();

            @Override
            public Long apply(Entry entry) {
                Request request =
                        entry.payload() instanceof Payload.Command command ? Request.decode(command.bytes()) : null;
                long result = 0;
                boolean takesEffect = request != null && !map.isOver(request);
                if (request == null) {
                    map.pass(entry.slot());
                } else {
                    result = map.apply(entry.slot(), request);
                }
                cluster.trace().add(time.nowMicros(), id.toString(), () -> "applies " + entry.slot() + " " + request);
                boolean isFirst = cluster.promises().applies(id, entry, map.fingerprint());
                if (isFirst && takesEffect) {
                    cluster.clients().tookEffect(request);
                }
                return result;
            }

            @Override
            public byte[] snapshot() {
                return map.snapshot();
            }

            @Override
            public void restore(byte[] snapshot) {
                map = ReplicatedMap.restore(snapshot);
            }
        }
    }

    @FunctionalInterface
    private interface DiskAction {
        void run() throws IOException;
    }
}
