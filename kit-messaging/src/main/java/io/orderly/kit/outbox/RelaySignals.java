package io.orderly.kit.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes the relays of other instances after a commit whose messages they have to publish, by {@code LISTEN} and {@code NOTIFY}. A signal can be
 * lost, for example with a connection; then the messages wait for the next poll.
 *
 * <p>A signal is a transaction of its own after the commit, and further signals wait meanwhile and become one: PostgreSQL commits transactions with
 * notifications one after the other, so one in each transaction would limit their rate.
 */
final class RelaySignals implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RelaySignals.class);

    private static final String CHANNEL = "outbox";

    /** Also how long a stop may take. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final Runnable wakeRelay;
    private final Duration retryDelay;
    private final boolean active;
    private final Semaphore signals = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    /**
     * @param wakeRelay called for each signal of any instance, this one included
     * @param retryDelay after a failure of the connection
     * @param active false if this service has no other relays, so that it needs no connection for signals
     */
    RelaySignals(DataSource dataSource, Runnable wakeRelay, Duration retryDelay, boolean active) {
        this.dataSource = dataSource;
        this.wakeRelay = wakeRelay;
        this.retryDelay = retryDelay;
        this.active = active;
    }

    /** Wakes the relays of all instances soon. */
    void signal() {
        if (active && signals.availablePermits() == 0) {
            signals.release();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        if (active) {
            threads.add(Thread.ofPlatform().name("outbox-signals-in").daemon().start(() -> repeat(this::receive)));
            threads.add(Thread.ofPlatform().name("outbox-signals-out").daemon().start(() -> repeat(this::send)));
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_WAIT.multipliedBy(4));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private interface Work {
        void run() throws SQLException, InterruptedException;
    }

    private void repeat(Work work) {
        while (running) {
            try {
                work.run();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                log.debug("Signals between relays fail; messages wait for a poll", e);
                try {
                    Thread.sleep(retryDelay);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    private void receive() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("listen " + CHANNEL);
            wakeRelay.run(); // signals may have been lost before
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (running) {
                PGNotification[] received = notifications.getNotifications((int) LONGEST_WAIT.toMillis());
                if (received != null && received.length > 0) {
                    wakeRelay.run();
                }
            }
            statement.execute("unlisten " + CHANNEL);
        }
    }

    private void send() throws SQLException, InterruptedException {
        if (signals.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(true);
                statement.execute("notify " + CHANNEL);
            }
        }
    }
}
