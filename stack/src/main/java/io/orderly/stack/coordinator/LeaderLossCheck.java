package io.orderly.stack.coordinator;

import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Kills the leader of a running cluster, and checks what the cluster guarantees: a write that was acknowledged before is read
 * afterwards, a lease that is kept alive outlives the leader, there is a new leader, and the killed member catches up when it is
 * back.
 */
public final class LeaderLossCheck {

    private static final Duration ELECTION = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final String WRITTEN_BEFORE = "check/written-before";
    private static final String WRITTEN_DURING = "check/written-during";
    private static final String OF_LEASE = "check/of-the-lease";
    private static final String NO_LEASE = "0";
    private static final String NO_LEADER = "0";

    private final Supervisor system;
    private final List<String> names;
    private final List<EtcdGateway> members;

    /** @param coordinators the cluster, whose members are processes of the system */
    public LeaderLossCheck(Supervisor system, Coordinators coordinators) {
        this.system = system;
        this.names = coordinators.members();
        this.members = coordinators.clientUrls().stream().map(EtcdGateway::new).toList();
    }

    /**
     * Runs the check, and leaves the cluster with all members and without the keys that it wrote.
     *
     * @return what was found, in lines to print
     * @throws ProcessFailure if a guarantee does not hold, or a member does not respond in time
     */
    public String run() throws InterruptedException {
        String value = UUID.randomUUID().toString();
        CoordinatorLeader leader = await("a leader", ELECTION, () -> leader(NO_LEADER));
        EtcdGateway other = members.get((leader.index() + 1) % members.size());
        String lease = await("a lease", ELECTION, () -> Optional.of(other.grant(LEASE)));
        write(other, WRITTEN_BEFORE, value, NO_LEASE);
        write(other, OF_LEASE, value, lease);

        ManagedProcess process = system.process(names.get(leader.index()));
        process.kill();
        long killedNanos = System.nanoTime();
        try (KeepAlive keepAlive = new KeepAlive(other, lease)) {
            requireValue(WRITTEN_BEFORE, value, ELECTION, () -> other.get(WRITTEN_BEFORE, false));
            Duration outage = Duration.ofNanos(System.nanoTime() - killedNanos);
            CoordinatorLeader newLeader = await("a new leader", ELECTION, () -> leader(leader.id()));
            write(other, WRITTEN_DURING, value, NO_LEASE);

            process.start();
            process.awaitReady(START);
            long readyNanos = System.nanoTime();
            requireValue(
                    WRITTEN_DURING,
                    value,
                    CATCH_UP,
                    () -> members.get(leader.index()).get(WRITTEN_DURING, true));
            Duration caughtUp = Duration.ofNanos(System.nanoTime() - readyNanos);

            awaitTime(killedNanos, LEASE.multipliedBy(2));
            keepAlive.requireUninterrupted();
            requireValue(OF_LEASE, value, CATCH_UP, () -> other.get(OF_LEASE, false));
            deleteAll(other, lease);
            return """
                    Coordinator: %s, the leader, was killed.
                      An acknowledged write was read through another member after %s; %s is the new leader.
                      A lease of %d s that was kept alive still exists after %d s.
                      %s is back, and had caught up %s after it was ready.
                    """.formatted(
                            process.name(),
                            seconds(outage),
                            names.get(newLeader.index()),
                            LEASE.toSeconds(),
                            LEASE.multipliedBy(2).toSeconds(),
                            process.name(),
                            seconds(caughtUp));
        }
    }

    /**
     * The member that leads.
     *
     * @param former the id of a leader that is not meant; 0 for none
     */
    private Optional<CoordinatorLeader> leader(String former) throws InterruptedException {
        return CoordinatorLeader.among(members).filter(leader -> !leader.id().equals(former));
    }

    private static void write(EtcdGateway member, String key, String value, String lease) throws InterruptedException {
        await("the write of " + key, ELECTION, () -> {
            member.put(key, value, lease);
            return Optional.of(key);
        });
    }

    private static void requireValue(String key, String value, Duration timeout, Callable<Optional<String>> read)
            throws InterruptedException {
        String found = await("the value of " + key, timeout, read);
        if (!found.equals(value)) {
            throw new ProcessFailure("%s has the value %s and not %s".formatted(key, found, value));
        }
    }

    private static void deleteAll(EtcdGateway member, String lease) throws InterruptedException {
        await("the end of the lease", ELECTION, () -> {
            member.revoke(lease);
            member.delete(WRITTEN_BEFORE);
            member.delete(WRITTEN_DURING);
            return Optional.of(lease);
        });
    }

    private static void awaitTime(long fromNanos, Duration duration) throws InterruptedException {
        long leftNanos = duration.toNanos() - (System.nanoTime() - fromNanos);
        if (leftNanos > 0) {
            Thread.sleep(Duration.ofNanos(leftNanos));
        }
    }

    /** Repeats a call until it has a result; the failure of the last call is the cause if it has none in time. */
    private static <T> T await(String what, Duration timeout, Callable<Optional<T>> call) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            String reason = "";
            try {
                Optional<T> result = call.call();
                if (result.isPresent()) {
                    return result.get();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                reason = ": " + e.getMessage();
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("the coordinator did not provide %s within %d s%s"
                        .formatted(what, timeout.toSeconds(), reason));
            }
            Thread.sleep(PAUSE);
        }
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** Renews a lease until it is closed, through one member. */
    private static final class KeepAlive implements AutoCloseable {

        private static final Duration INTERVAL = Duration.ofSeconds(1);

        private final Thread thread;
        private volatile boolean expired;

        KeepAlive(EtcdGateway member, String lease) {
            thread = Thread.ofVirtual().start(() -> renew(member, lease));
        }

        /** @throws ProcessFailure if the lease expired */
        void requireUninterrupted() {
            if (expired) {
                throw new ProcessFailure("the lease expired although it was kept alive");
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private void renew(EtcdGateway member, String lease) {
            try {
                while (!expired) {
                    try {
                        expired = !member.keepAlive(lease);
                    } catch (IOException noLeaderNow) {
                        // the next attempt is in time: the lease is longer than an election
                    }
                    Thread.sleep(INTERVAL);
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
