package io.orderly.lab.fault.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// a socket read cannot be interrupted, so the tests run in a separate thread
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpProxyTest {

    private static final Duration DELAY = Duration.ofMillis(60);
    private static final int SOON_MILLIS = 250;

    private Echo echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new Echo();
        proxy = TcpProxy.start("test", echo.port(), 1);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        proxy.close();
        echo.close();
    }

    @Test
    void forwardsEveryByteInOrderInBothDirections() throws Exception {
        byte[] sent = randomBytes(3_000_000);
        try (Socket client = connect()) {
            Future<?> writer = inBackground(() -> {
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                return null;
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
            writer.get();
        }
        awaitNoConnections();
    }

    @Test
    void keepsOneDirectionOpenWhenTheOtherIsClosed() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            client.shutdownOutput();
            echo.finishedReading.await();

            // the server has received the end of our stream, and can still send
            echo.sendToAll(42);
            assertThat(client.getInputStream().read()).isEqualTo(42);
            assertThat(proxy.connections()).isEqualTo(1);
            echo.goodbye.countDown();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        awaitNoConnections();
    }

    @Test
    void forwardsAReset() throws Exception {
        Socket client = connect();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);

        client.setSoLinger(true, 0);
        client.close();

        await().until(() -> echo.resets.get() == 1);
        awaitNoConnections();
    }

    @Test
    void resetsTheClientIfTheTargetRefuses() throws Exception {
        echo.close();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> readOne(client)).isInstanceOf(SocketException.class);
        }
        awaitNoConnections();
    }

    @ParameterizedTest
    @EnumSource
    void delaysOneDirection(Direction direction) throws Exception {
        try (Socket client = connect()) {
            roundTripNanos(client);
            proxy.set(direction, LinkConditions.delayed(DELAY, Duration.ZERO));

            assertThat(roundTripNanos(client)).isGreaterThanOrEqualTo(DELAY.toNanos());

            assertThat(proxy.impairments(direction).delayed()).isPositive();
            assertThat(proxy.impairments(other(direction)).delayed()).isZero();
        }
    }

    @Test
    void jitterVariesTheDelayAndKeepsTheOrder() throws Exception {
        proxy.set(Direction.UP, LinkConditions.delayed(Duration.ofMillis(5), Duration.ofMillis(5)));
        byte[] sent = randomBytes(200);
        try (Socket client = connect()) {
            for (byte each : sent) {
                client.getOutputStream().write(each);
            }
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
    }

    @Test
    void aDelayDoesNotReduceThroughput() throws Exception {
        byte[] sent = randomBytes(4_000_000);
        proxy.set(Direction.UP, LinkConditions.delayed(DELAY, Duration.ZERO));
        long beganNanos = System.nanoTime();
        try (Socket client = connect()) {
            inBackground(() -> {
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                return null;
            });
            assertThat(client.getInputStream().readAllBytes()).hasSize(sent.length);
        }
        // the time if each packet were delayed only after the previous packet
        long oneByOneNanos = sent.length / (16 << 10) * DELAY.toNanos();
        assertThat(System.nanoTime() - beganNanos).isLessThan(oneByOneNanos / 2);
    }

    @ParameterizedTest
    @EnumSource
    void aCutDirectionDeliversItsDataAfterHealing(Direction direction) throws Exception {
        try (Socket client = connect()) {
            roundTripNanos(client);
            proxy.set(direction, LinkConditions.severed());

            client.setSoTimeout(SOON_MILLIS);
            client.getOutputStream().write(5);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            await().until(() -> proxy.impairments(direction).held() > 0);
            await().until(() -> echo.received.get() == (direction == Direction.UP ? 1 : 2));

            proxy.set(direction, LinkConditions.UNIMPAIRED);
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(5);
        }
        awaitNoConnections();
    }

    @Test
    void aCutLinkOpensNoConnectionsToTheTarget() throws Exception {
        proxy.set(Direction.UP, LinkConditions.severed());
        try (Socket client = connect()) {
            client.setSoTimeout(SOON_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(echo.accepted.get()).isZero();

            proxy.set(Direction.UP, LinkConditions.UNIMPAIRED);
            client.setSoTimeout(0);
            roundTripNanos(client);
        }
    }

    @Test
    void packetLossDelaysData() throws Exception {
        try (Socket client = connect()) {
            roundTripNanos(client);
            proxy.set(Direction.UP, LinkConditions.lossy(0.5));
            long longest = 0;
            for (int i = 0; i < 40 && proxy.impairments(Direction.UP).lost() == 0; i++) {
                longest = roundTripNanos(client);
            }
            assertThat(proxy.impairments(Direction.UP).lost()).isPositive();
            assertThat(longest).isGreaterThanOrEqualTo(LinkConditions.RETRANSMISSION.toNanos());
        }
    }

    @Test
    void theBandwidthIsSharedByAllConnections() throws Exception {
        int rate = 100_000;
        proxy.set(Direction.DOWN, LinkConditions.limited(rate));
        long beganNanos = System.nanoTime();
        List<Future<byte[]>> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(inBackground(() -> {
                try (Socket client = connect()) {
                    client.getOutputStream().write(randomBytes(20_000));
                    client.shutdownOutput();
                    return client.getInputStream().readAllBytes();
                }
            }));
        }
        for (Future<byte[]> each : clients) {
            assertThat(each.get()).hasSize(20_000);
        }
        // 40,000 bytes at this rate, except the first slices, which are sent immediately
        assertThat(System.nanoTime() - beganNanos)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(proxy.impairments(Direction.DOWN).slowed()).isPositive();
    }

    @Test
    void healingASlowLinkTakesEffectImmediately() throws Exception {
        proxy.set(Direction.UP, LinkConditions.limited(1));
        try (Socket client = connect()) {
            client.getOutputStream().write(randomBytes(10_000));
            client.shutdownOutput();
            await().until(() -> proxy.impairments(Direction.UP).slowed() > 0);

            proxy.set(Direction.UP, LinkConditions.UNIMPAIRED);

            assertThat(client.getInputStream().readAllBytes()).hasSize(10_000);
        }
    }

    @Test
    void appliesBackPressure() throws Exception {
        proxy.set(Direction.UP, LinkConditions.severed());
        try (Socket client = connect()) {
            var written = new AtomicLong();
            inBackground(() -> {
                for (byte[] some = new byte[64 << 10]; ; ) {
                    client.getOutputStream().write(some);
                    written.addAndGet(some.length);
                }
            });
            // no progress: two samples with sufficient distance are equal
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(32 << 20);
        }
    }

    @Test
    void refusingKeepsEstablishedConnectionsAndThePort() throws Exception {
        int port = proxy.port();
        try (Socket present = connect()) {
            roundTripNanos(present);
            proxy.refuse(true);

            assertThatThrownBy(this::connect)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("refused");
            roundTripNanos(present);

            proxy.refuse(false);
            assertThat(proxy.port()).isEqualTo(port);
            try (Socket again = connect()) {
                roundTripNanos(again);
            }
        }
    }

    @Test
    void resetsEstablishedAndNewConnectionsUntilHealed() throws Exception {
        try (Socket present = connect()) {
            roundTripNanos(present);
            proxy.reset(true);

            assertThatThrownBy(() -> readOne(present))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            await().until(() -> echo.resets.get() == 1);
            assertThatThrownBy(() -> {
                        try (Socket fresh = connect()) {
                            readOne(fresh);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(proxy.resets()).isEqualTo(2);
        }
        proxy.reset(false);
        try (Socket again = connect()) {
            roundTripNanos(again);
        }
    }

    @Test
    void forwardsManyConnectionsAndReleasesThem() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> tasks = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                byte[] sent = randomBytes(1_000 + i);
                tasks.add(() -> {
                    try (Socket client = connect()) {
                        client.getOutputStream().write(sent);
                        client.shutdownOutput();
                        byte[] back = client.getInputStream().readAllBytes();
                        return Arrays.equals(back, sent) ? back : new byte[0];
                    }
                });
            }
            for (Future<byte[]> each : clients.invokeAll(tasks)) {
                assertThat(each.get()).isNotEmpty();
            }
        }
        awaitNoConnections();
        assertThat(echo.open).isEmpty();
    }

    @Test
    void closingClosesAllConnectionsAlsoOnACutLink() throws Exception {
        try (Socket client = connect()) {
            roundTripNanos(client);
            proxy.set(Direction.UP, LinkConditions.severed());
            proxy.set(Direction.DOWN, LinkConditions.severed());
            client.getOutputStream().write(1);
            echo.goodbye.countDown();

            proxy.close();

            assertThat(readToEnd(client)).isEmpty();
            await().until(() -> echo.open.isEmpty());
            awaitNoConnections();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    private static byte[] readToEnd(Socket client) {
        try {
            return client.getInputStream().readAllBytes();
        } catch (IOException reset) {
            return new byte[0];
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static void readOne(Socket client) throws IOException {
        int read = client.getInputStream().read();
        if (read < 0) {
            throw new IOException("closed without a reset");
        }
    }

    private static long roundTripNanos(Socket client) throws IOException {
        long beganNanos = System.nanoTime();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        return System.nanoTime() - beganNanos;
    }

    private void awaitNoConnections() {
        await().until(() -> proxy.connections() == 0);
    }

    private static Direction other(Direction direction) {
        return direction == Direction.UP ? Direction.DOWN : Direction.UP;
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static <T> Future<T> inBackground(Callable<T> task) {
        var future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        return future;
    }

    /** Echoes all data. If a client closes its direction after a single byte, it waits for {@link #goodbye}. */
    private static final class Echo {

        final AtomicLong accepted = new AtomicLong();
        final AtomicLong received = new AtomicLong();
        final AtomicLong resets = new AtomicLong();
        final Set<Socket> open = ConcurrentHashMap.newKeySet();
        final CountDownLatch finishedReading = new CountDownLatch(1);
        final CountDownLatch goodbye = new CountDownLatch(1);
        private final ServerSocket server;
        private final Thread acceptor;

        Echo() throws IOException {
            server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
            acceptor = Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket client = server.accept();
                        accepted.incrementAndGet();
                        open.add(client);
                        Thread.ofVirtual().start(() -> serve(client));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        void sendToAll(int value) throws IOException {
            for (Socket each : open) {
                each.getOutputStream().write(value);
            }
        }

        private void serve(Socket client) {
            try (client) {
                InputStream in = client.getInputStream();
                byte[] some = new byte[8_192];
                int count;
                long all = 0;
                while ((count = in.read(some)) >= 0) {
                    received.addAndGet(count);
                    all += count;
                    client.getOutputStream().write(some, 0, count);
                }
                finishedReading.countDown();
                if (all == 1) {
                    goodbye.await();
                }
            } catch (SocketException e) {
                resets.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.remove(client);
            }
        }

        void close() throws IOException, InterruptedException {
            goodbye.countDown();
            server.close();
            // the kernel keeps listening until the blocked accept has returned
            acceptor.join();
            for (Socket each : open) {
                each.close();
            }
        }
    }
}
