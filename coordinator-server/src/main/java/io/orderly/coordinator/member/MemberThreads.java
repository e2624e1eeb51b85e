package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Snapshot;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a member: the event loop, which owns the node and the state machine; one that writes and forces the log; one that reads
 * snapshots for other members; one for large reads of clients.
 */
final class MemberThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberThreads.class);
    private static final long CLOSE_SECONDS = 10;
    private static final Reply<StoreResponse> OVERLOADED = new Reply.Refused<>(new Refusal.Overloaded());

    /** How often the free space of the disk is measured. */
    private static final long MEASURE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long the log waits on a full disk before it tries again. */
    private static final long FULL_DISK_MILLIS = 50;

    private final MemberLoop loop;
    private final DataFolder folder;
    private final DiskStorage storage;
    private final MemberMetrics metrics;
    private final Inbox inbox;
    private final PendingLimit pending;
    private final MemberSettings settings;
    private final Consumer<Throwable> onFailure;
    private final Worker disk;
    private final Worker snapshots;
    private final ThreadPoolExecutor largeReads;
    private final Thread thread;

    private volatile boolean isClosed;

    private volatile long measuredNanos = System.nanoTime();

    /** The size of the log on disk. */
    private volatile long logBytes;

    /** When the current turn began; 0 while the loop waits for events. */
    private volatile long turnSinceNanos;

    /** Used by the loop: the view after this slot. */
    private @Nullable StoreView view;

    private long viewedSlot;

    /** @param onFailure called once; the process must end */
    MemberThreads(
            MemberLoop loop,
            DataFolder folder,
            DiskStorage storage,
            Inbox inbox,
            MemberSettings settings,
            MemberMetrics metrics,
            Consumer<Throwable> onFailure) {
        this.loop = loop;
        this.folder = folder;
        this.storage = storage;
        this.metrics = metrics;
        logBytes = folder.log().sizeInBytes();
        this.inbox = inbox;
        this.settings = settings;
        this.onFailure = onFailure;
        pending = new PendingLimit(settings.maxPendingRequests(), settings.maxPendingBytes());
        disk = new Worker("coordinator-disk", new Disk(), onFailure);
        snapshots = new Worker("coordinator-snapshots", new SnapshotReads(), onFailure);
        largeReads = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.maxLargeReads()),
                Thread.ofPlatform().name("coordinator-reads").daemon().factory());
        thread = Thread.ofPlatform().name("coordinator-loop").daemon().unstarted(this::run);
    }

    void start() {
        disk.start();
        snapshots.start();
        thread.start();
    }

    Status status() {
        return loop.status();
    }

    long revision() {
        return loop.revision();
    }

    int watches() {
        return loop.watches();
    }

    AuthState auth() {
        return loop.auth();
    }

    List<Member> members() {
        return loop.members();
    }

    /** As {@link MemberLoop#differing}. */
    Set<NodeId> differing() {
        return loop.differing();
    }

    /** Whether commands that add data are refused here, because a disk is nearly full. */
    boolean isDiskLow() {
        return storage.space().isLow() || loop.status().role() == Status.Role.LEADER && !loop.acceptsData();
    }

    // for metrics and health, on any thread

    long freeDiskBytes() {
        return storage.space().freeBytes();
    }

    /** How many hashes of the states of other members were compared. */
    long comparisons() {
        return loop.comparisons();
    }

    int waitingEvents() {
        return inbox.size();
    }

    int pendingRequests() {
        return pending.pending();
    }

    int waitingReads() {
        return largeReads.getQueue().size();
    }

    long logBytes() {
        return logBytes;
    }

    long snapshotBytes() {
        return folder.snapshots().newest().map(Snapshot::sizeInBytes).orElse(0L);
    }

    /** How long the current turn of the loop has taken. */
    long loopBusyNanos() {
        long since = turnSinceNanos;
        return since == 0 ? 0 : Math.max(0, System.nanoTime() - since);
    }

    /** How long the disk has taken for the current batch. */
    long diskBusyNanos() {
        return disk.busyNanos(System.nanoTime());
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    // for clients, on any thread

    /** @param future fails if the member stops */
    void submit(ForwardedRequest request, Consumer<ForwardedReply> listener, CompletableFuture<?> future) {
        int bytes = request instanceof ForwardedRequest.Execute(byte[] command) ? command.length : 0;
        if (pending.tryAcquire(bytes)) {
            put(
                    new LoopEvent.Submitted(request, reply -> {
                        pending.release(bytes);
                        listener.accept(reply);
                    }),
                    future);
        } else {
            listener.accept(new ForwardedReply.Refused(new Refusal.Overloaded()));
        }
    }

    /**
     * Runs an action of a client on the loop.
     *
     * @param refused run at once instead if too many requests are pending
     * @param future fails if the member stops
     */
    void call(Runnable action, Runnable refused, CompletableFuture<?> future) {
        if (pending.tryAcquire(0)) {
            put(
                    new LoopEvent.Call(() -> {
                        pending.release(0);
                        action.run();
                    }),
                    future);
        } else {
            refused.run();
        }
    }

    /** Runs an action on the loop. */
    void call(Runnable action) {
        inbox.put(new LoopEvent.Call(action));
    }

    private void put(LoopEvent event, CompletableFuture<?> future) {
        if (!inbox.put(event)) {
            future.completeExceptionally(new MemberStoppedException());
        }
    }

    // on the loop

    /**
     * Reads the current state, on the loop if it is little work. A large response is passed on by another thread, since the listener
     * converts it.
     */
    void read(Operation.Range range, Consumer<Reply<StoreResponse>> listener) {
        answer(loop.server().readWithin(range, settings.maxStepsOnLoop()), view -> view.range(range), listener);
    }

    /** Executes a transaction that only reads, as {@link #read(Operation.Range, Consumer)}. */
    void read(StoreCommand.Txn txn, Consumer<Reply<StoreResponse>> listener) {
        answer(loop.server().readWithin(txn, settings.maxStepsOnLoop()), view -> view.read(txn), listener);
    }

    /** @param here empty if it is too much work for the loop */
    private void answer(
            Optional<StoreResponse> here,
            Function<StoreView, StoreResponse> onView,
            Consumer<Reply<StoreResponse>> listener) {
        if (here.isPresent()) {
            pass(here.get(), listener, OVERLOADED);
        } else {
            StoreView immutable = view();
            elsewhere(() -> onView.apply(immutable), listener, OVERLOADED);
        }
    }

    /**
     * Passes on the response of a command that was executed. If too many large responses wait, its outcome stays unknown to the client.
     */
    void executed(StoreResponse response, Consumer<Reply<StoreResponse>> listener) {
        pass(response, listener, new Reply.Unknown<>());
    }

    private void pass(
            StoreResponse response, Consumer<Reply<StoreResponse>> listener, Reply<StoreResponse> ifTooManyWait) {
        if (ResponseSize.isLarge(response)) {
            elsewhere(() -> response, listener, ifTooManyWait);
        } else {
            listener.accept(new Reply.Completed<>(response));
        }
    }

    /** The listener converts the response, which takes its time as well. */
    private void elsewhere(
            Supplier<StoreResponse> read, Consumer<Reply<StoreResponse>> listener, Reply<StoreResponse> ifTooManyWait) {
        try {
            largeReads.execute(() -> listener.accept(new Reply.Completed<>(read.get())));
        } catch (RejectedExecutionException e) {
            listener.accept(ifTooManyWait);
        }
    }

    /** One view for all requests between two changes of the state. */
    StoreView view() {
        StoreView known = view;
        if (known == null || viewedSlot != loop.status().applied()) {
            known = loop.server().view();
            view = known;
            viewedSlot = loop.status().applied();
        }
        return known;
    }

    List<Bytes> keysOf(long lease) {
        return loop.server().keysOf(lease);
    }

    Optional<WatchStream> watch(WatchRequest request, int room, Consumer<WatchResponse> listener) {
        return loop.server().watch(request, room, response -> {
            try {
                listener.accept(response);
            } catch (RuntimeException e) {
                LOG.error("a listener of a watch failed; the watch has lost a response", e);
            }
        });
    }

    private void run() {
        try {
            loop.begin(System.nanoTime());
            long lastTurnNanos = 0;
            while (!isClosed) {
                List<LoopEvent> events = inbox.takeAll(loop.nanosToNextTurn(System.nanoTime()));
                turnSinceNanos = System.nanoTime() | 1;
                long began = System.nanoTime();
                loop.turn(events, began, lastTurnNanos);
                lastTurnNanos = System.nanoTime() - began;
                endTurn();
                turnSinceNanos = 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            onFailure.accept(e);
        } finally {
            loop.end(inbox.close());
        }
    }

    private void endTurn() {
        view = null;
        if (storage.hasWork() || isMeasurementDue()) {
            disk.wake();
        }
        if (storage.hasReads()) {
            snapshots.wake();
        }
    }

    private boolean isMeasurementDue() {
        return System.nanoTime() - measuredNanos >= MEASURE_NANOS;
    }

    /** Ends the threads, the loop after its turn: an interrupted read of a snapshot would count as a failed disk. */
    @Override
    public void close() {
        isClosed = true;
        call(() -> {});
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        largeReads.shutdown();
        snapshots.close();
        disk.close();
    }

    /** Alternates between writing and forcing; while it forces, the next batch is queued. */
    private final class Disk implements Worker.Job {

        @Override
        public boolean hasWork() {
            return storage.hasWork() || isMeasurementDue();
        }

        @Override
        public void work() throws Exception {
            if (isMeasurementDue()) {
                storage.measure();
                measuredNanos = System.nanoTime();
            }
            if (!storage.hasWork()) {
                return;
            }
            long began = System.nanoTime();
            storage.write();
            inbox.put(new LoopEvent.Forced(storage.force()));
            if (storage.space().isExhausted()) {
                Thread.sleep(FULL_DISK_MILLIS);
            } else {
                metrics.forced(System.nanoTime() - began);
            }
            logBytes = folder.log().sizeInBytes();
        }
    }

    private final class SnapshotReads implements Worker.Job {

        @Override
        public boolean hasWork() {
            return storage.hasReads();
        }

        @Override
        public void work() throws Exception {
            storage.read().map(LoopEvent.ChunkRead::new).ifPresent(inbox::put);
        }
    }
}
