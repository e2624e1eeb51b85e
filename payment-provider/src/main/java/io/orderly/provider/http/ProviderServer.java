package io.orderly.provider.http;

import io.orderly.http.RequestTimeoutProtocol;
import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.journal.DurableBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Serves the {@link io.orderly.provider.http API}, one virtual thread per request. */
public final class ProviderServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProviderServer.class.getName());

    /** Held, because a logger that nothing refers to forgets its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    static {
        // Tomcat announces each start; the process does so itself.
        TOMCAT_LOG.setLevel(Level.WARNING);
    }

    /** From the first byte of a request to its last; a client that sends a byte now and then would hold its connection. */
    private static final Duration ARRIVAL_TIME = Duration.ofSeconds(10);

    /** Longer than clients keep idle connections (the JDK's: 30 s), so that none is closed under a request. */
    private static final Duration IDLE_TIME = Duration.ofSeconds(120);

    private static final Duration STOP_TIME = Duration.ofSeconds(1);
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int BACKLOG = 1_024;
    private static final int MAX_HEAD_BYTES = 32 * 1024;

    /** What is left of a refused body is read so that its sender gets to see why, but not without end. */
    private static final int MAX_DRAINED_BYTES = 8 * 1024 * 1024;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("arrival-times").factory());
    private final RequestTimeoutProtocol connector = new RequestTimeoutProtocol();

    private ProviderServer(InetSocketAddress address, DurableBook book, FaultInjector faults) {
        connector.setAddress(address.getAddress());
        connector.setPort(address.getPort());
        connector.setAdapter(new ApiAdapter(book, faults));
        connector.setExecutor(threads);
        connector.setUtilityExecutor(timer);
        connector.setRequestTimeout(ARRIVAL_TIME);
        connector.setKeepAliveTimeout(Math.toIntExact(IDLE_TIME.toMillis()));
        connector.setMaxKeepAliveRequests(-1);
        connector.setMaxConnections(MAX_CONNECTIONS);
        connector.setAcceptCount(BACKLOG);
        connector.setMaxHttpRequestHeaderSize(MAX_HEAD_BYTES);
        connector.setMaxSwallowSize(MAX_DRAINED_BYTES);
    }

    /**
     * Starts serving.
     *
     * @param address to listen on; port 0 takes a free one
     * @throws IOException if the address is taken or not ours
     */
    public static ProviderServer start(InetSocketAddress address, DurableBook book, FaultInjector faults)
            throws IOException {
        var server = new ProviderServer(address, book, faults);
        try {
            server.connector.init();
            server.connector.start();
            return server;
        } catch (Exception e) {
            server.close();
            throw e instanceof IOException failure ? failure : new IOException("The server does not start", e);
        }
    }

    /** The address it listens on, with the port that was taken. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getAddress(), connector.getLocalPort());
    }

    /** Takes no more requests and lets those that are under way finish, within a second. */
    @Override
    public void close() {
        try {
            connector.pause();
            threads.shutdown();
            threads.awaitTermination(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS);
            connector.stop();
            connector.destroy();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "The server was not stopped in time", e);
        } finally {
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }
}
