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

/** Serves the {@link io.orderly.provider.http API}, with one virtual thread per request. */
public final class ProviderServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProviderServer.class.getName());

    /** A strong reference, because an unreferenced logger is garbage-collected and loses its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    static {
        // Tomcat logs each start; the process prints its own message.
        TOMCAT_LOG.setLevel(Level.WARNING);
    }

    /**
     * The time limit from the first byte of a request to its last, so that a slow client cannot occupy a connection
     * permanently.
     */
    private static final Duration ARRIVAL_TIME = Duration.ofSeconds(10);

    /**
     * Longer than clients keep idle connections (30 s for the JDK's client), so that the server does not close a
     * connection while a request is sent.
     */
    private static final Duration IDLE_TIME = Duration.ofSeconds(120);

    private static final Duration STOP_TIME = Duration.ofSeconds(1);
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int BACKLOG = 1_024;
    private static final int MAX_HEAD_BYTES = 32 * 1024;

    /** The remaining bytes of a refused body that are read, so that the client receives the response. */
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
     * Starts the server.
     *
     * @param address the address to listen on; port 0 selects a free port
     * @throws IOException if the address is in use or not local
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
            throw e instanceof IOException failure ? failure : new IOException("The server did not start", e);
        }
    }

    /** The address on which the server listens, with the actual port. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getAddress(), connector.getLocalPort());
    }

    /** Stops accepting requests, and waits up to a second for those in progress. */
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
