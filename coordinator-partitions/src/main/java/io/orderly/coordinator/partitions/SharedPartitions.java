package io.orderly.coordinator.partitions;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.CoordinatorException;
import io.orderly.coordinator.client.ElectionListener;
import io.orderly.coordinator.client.FencingToken;
import io.orderly.coordinator.client.LeaderElection;
import io.orderly.coordinator.client.Lease;
import io.orderly.coordinator.client.Watch;
import io.orderly.coordinator.client.WatchListener;
import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.partitions.AssignerEffect;
import io.orderly.partitions.MemberId;
import io.orderly.partitions.OwnedPartitions;
import io.orderly.partitions.OwnerEffect;
import io.orderly.partitions.PartitionAssigner;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.PartitionMapText;
import io.orderly.partitions.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Connects {@link Registration} and {@link PartitionAssigner} with the coordinator. One watch has the map and the members of the service; one
 * thread executes the requests. Neither is needed for {@link #claim}, so a coordinator that does not answer delays no claim: the
 * partitions are lost when the lease is over.
 */
final class SharedPartitions implements OwnedPartitions, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SharedPartitions.class);

    /** Starts before what works on partitions, and stops after it. */
    private static final int PHASE = DEFAULT_PHASE - 10_000;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final CoordinatorClient client;
    private final PartitionKeys keys;
    private final Duration leaseTtl;
    private final Duration retryDelay;
    private final PartitionMetrics metrics;
    private final AtomicBoolean stepQueued = new AtomicBoolean();
    private final WatchedKeys watched;

    /** Used by the thread of the requests only. */
    private PartitionAssigner assigner = new PartitionAssigner();

    private boolean reported;

    private volatile @Nullable Member member;
    private volatile @Nullable ScheduledExecutorService requests;
    private volatile @Nullable Watch watch;
    private volatile @Nullable LeaderElection election;
    private volatile boolean running;

    /** A registration with its lease. */
    private final class Member {

        private final Lease lease;
        private final Registration registration;
        private final AtomicLong owedAcknowledgement = new AtomicLong();
        private final long registeredAt;
        private long acknowledged;

        /** @param registeredAt the revision that wrote its key */
        Member(Lease lease, MemberId id, long registeredAt) {
            this.lease = lease;
            this.registeredAt = registeredAt;
            registration = new Registration(id, lease::remaining, System::nanoTime, this::apply);
        }

        private void apply(OwnerEffect effect) {
            switch (effect) {
                case OwnerEffect.Acquired _ -> metrics.acquired();
                case OwnerEffect.Lost _ -> metrics.lost();
                case OwnerEffect.Acknowledge(long generation) -> {
                    owedAcknowledgement.set(generation);
                    wake();
                }
                case OwnerEffect.Alarm(long mapRevision, String reason) -> alarm(mapRevision, reason);
            }
        }
    }

    SharedPartitions(
            CoordinatorClient client,
            PartitionKeys keys,
            Duration leaseTtl,
            Duration retryDelay,
            PartitionMetrics metrics) {
        this.client = client;
        this.keys = keys;
        this.leaseTtl = leaseTtl;
        this.retryDelay = retryDelay;
        this.metrics = metrics;
        watched = new WatchedKeys(keys);
    }

    @Override
    public Claim claim() {
        Member current = member;
        return current == null ? NoClaim.INSTANCE : current.registration.claim();
    }

    /** How many partitions this instance owns. */
    int owned() {
        Member current = member;
        return current == null ? 0 : current.registration.owned().size();
    }

    PartitionsView view() {
        Member current = member;
        LeaderElection candidate = election;
        return PartitionsView.of(
                current == null ? null : current.registration.id(),
                candidate != null && candidate.isLeader(),
                current == null ? Map.of() : current.registration.owned(),
                snapshot());
    }

    @Override
    public void start() {
        running = true;
        stepQueued.set(false);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("partitions").daemon().factory());
        requests = thread;
        watch = client.watch(WatchRequest.of(keys.all(), 0), new Changes());
        LeaderElection candidate =
                client.election(keys.election(), Bytes.utf8("candidate"), leaseTtl, new Leadership());
        election = candidate;
        candidate.campaign();
        thread.execute(() -> assigner.deposed());
        thread.scheduleWithFixedDelay(this::step, 0, retryDelay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Gives the partitions back at once, so that the others need not wait for the end of the lease. */
    @Override
    public void stop() {
        running = false;
        if (requests != null) {
            requests.shutdownNow();
        }
        Member current;
        synchronized (watched) {
            current = member;
            member = null;
        }
        if (current != null) {
            current.registration.end();
        }
        Watch last = watch;
        if (last != null) {
            last.close();
        }
        // each waits for a coordinator that does not answer
        Thread release = Thread.ofVirtual().start(() -> {
            if (current != null) {
                current.lease.close();
            }
        });
        Thread resign = Thread.ofVirtual().start(() -> {
            if (election != null) {
                election.close();
            }
        });
        try {
            release.join(LONGEST_STOP);
            resign.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Executes the next step now and not after the delay. */
    private void wake() {
        if (stepQueued.compareAndSet(false, true)) {
            later(() -> {
                stepQueued.set(false);
                step();
            });
        }
    }

    private void later(Runnable work) {
        ScheduledExecutorService thread = requests;
        try {
            if (thread != null) {
                thread.execute(work);
            }
        } catch (RejectedExecutionException e) {
            log.debug("The partitions are stopped", e);
        }
    }

    private void step() {
        try {
            Member current = member;
            if (current != null && isUnregistered(current)) {
                current.registration.end();
            }
            if (current == null || current.registration.isOver()) {
                register(current);
            } else {
                acknowledge(current);
            }
            assigner.seen(snapshot()).forEach(this::apply);
            reported = false;
        } catch (CoordinatorException e) {
            if (running && !reported) {
                reported = true;
                log.warn("The partitions cannot be shared until the coordinator answers: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            if (running) {
                log.error("A step of the partitions failed and is repeated", e);
            }
        }
    }

    private void register(@Nullable Member last) {
        member = null;
        if (last != null) {
            log.warn(
                    "The registration of {} is over; it has lost its partitions and registers again",
                    last.registration.id());
            Thread.ofVirtual().start(last.lease::close);
        }
        Lease lease = client.lease(leaseTtl, this::wake);
        MemberId id = new MemberId(Long.toHexString(lease.id()));
        long revision;
        try {
            revision = client.put(keys.member(id), Bytes.utf8("0"), lease)
                    .orThrow()
                    .revision();
        } catch (CoordinatorException e) {
            Thread.ofVirtual().start(lease::close);
            throw e;
        }
        if (revision < snapshot().revision()) {
            log.error(
                    "The coordinator is at revision {} after {}: it has lost its data. The partitions are assigned anew",
                    revision,
                    snapshot().revision());
            watchAnew();
        }
        Member next = new Member(lease, id, revision);
        synchronized (watched) {
            if (!running) {
                Thread.ofVirtual().start(lease::close);
                return;
            }
            Snapshot known = watched.snapshot();
            if (known.mapText() != null) {
                next.registration.mapSeen(known.mapRevision(), known.mapText());
            }
            member = next;
        }
        log.info("Registered as {}", id);
    }

    /** The watch waits for revisions that the coordinator had before it lost its data. */
    private void watchAnew() {
        Watch last = watch;
        if (last != null) {
            last.close();
        }
        synchronized (watched) {
            watched.reset(0, List.of());
        }
        assigner = new PartitionAssigner();
        LeaderElection candidate = election;
        if (candidate != null) {
            candidate.token().ifPresent(token -> assigner.elected(token.value()));
        }
        watch = client.watch(WatchRequest.of(keys.all(), 0), new Changes());
    }

    /** Whether another client has deleted the key of this instance, so that it can receive no partitions any more. */
    private boolean isUnregistered(Member current) {
        Snapshot known = snapshot();
        return known.revision() >= current.registeredAt && !known.acknowledged().containsKey(current.registration.id());
    }

    private void acknowledge(Member current) {
        long generation = current.owedAcknowledgement.get();
        Long stored = snapshot().acknowledged().get(current.registration.id());
        if (generation == 0 && stored != null && stored < current.acknowledged) {
            generation = current.acknowledged; // an earlier request has arrived late and has replaced it
        }
        if (generation > 0) {
            client.put(keys.member(current.registration.id()), Bytes.utf8(Long.toString(generation)), current.lease)
                    .orThrow();
            current.acknowledged = Math.max(current.acknowledged, generation);
            current.owedAcknowledgement.compareAndSet(generation, 0);
        }
    }

    private void apply(AssignerEffect effect) {
        switch (effect) {
            case AssignerEffect.Propose proposal -> propose(proposal);
            case AssignerEffect.Alarm(long mapRevision, String reason) -> alarm(mapRevision, reason);
        }
    }

    private void propose(AssignerEffect.Propose proposal) {
        try {
            WriteOutcome outcome = client.execute(new StoreCommand.Txn(
                    List.of(Compare.isUnchangedSince(keys.map(), proposal.expectedMapRevision())),
                    List.of(StoreCommand.Put.of(keys.map(), Bytes.utf8(PartitionMapText.write(proposal.map())))),
                    List.of()));
            if (!(outcome instanceof WriteOutcome.NotApplied(WriteOutcome.Reason.ConditionFailed _))) {
                outcome.orThrow();
            }
        } finally {
            assigner.answered();
        }
    }

    private Snapshot snapshot() {
        synchronized (watched) {
            return watched.snapshot();
        }
    }

    private void alarm(long mapRevision, String reason) {
        metrics.alarm();
        log.error("The partition map of revision {} is not accepted: {}", mapRevision, reason);
    }

    private final class Changes implements WatchListener {

        @Override
        public void onEvents(long revision, List<KeyEvent> events) {
            synchronized (watched) {
                watched.changed(revision, events);
                for (KeyEvent event : events) {
                    if (event.key().equals(keys.map())) {
                        mapChanged(revision);
                    }
                }
            }
            wake();
        }

        @Override
        public void onKeys(long revision, List<KeyValue> keyValues) {
            synchronized (watched) {
                boolean knew = watched.snapshot().mapText() != null;
                watched.reset(revision, keyValues);
                Snapshot known = watched.snapshot();
                if (known.mapText() != null) {
                    mapChanged(known.mapRevision());
                } else if (knew) {
                    mapChanged(revision);
                }
            }
            wake();
        }

        private void mapChanged(long revision) {
            Member current = member;
            String text = watched.snapshot().mapText();
            if (current != null) {
                current.registration.mapSeen(revision, text);
            }
        }
    }

    private final class Leadership implements ElectionListener {

        @Override
        public void onElected(FencingToken token) {
            log.info("Assigns the partitions of {}, with token {}", keys.service(), token);
            later(() -> assigner.elected(token.value()));
            wake();
        }

        @Override
        public void onLost(FencingToken token) {
            later(() -> assigner.deposed());
        }
    }

    private enum NoClaim implements Claim {
        INSTANCE;

        @Override
        public Map<PartitionId, Long> tokens() {
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
