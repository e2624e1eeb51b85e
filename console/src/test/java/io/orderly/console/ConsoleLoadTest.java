package io.orderly.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.console.order.SampleSaga;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many open pages while there are many orders: no page gets more frames than it may, one that reads nothing goes, and memory is bounded. */
@Tag("slow")
class ConsoleLoadTest {

    private static final int PAGES = 50;
    private static final int ORDERS_PER_SECOND = 500;
    private static final int SECONDS = 4;
    private static final int FRAMES_PER_SECOND = 10;
    private static final int KEPT_ORDERS = 500;

    /** The heap of the console under {@code ./run}. */
    private static final long HEAP_BYTES = 128 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private int orders;

    @Test
    void fiftyPagesFollowFiveHundredOrdersPerSecond() throws Exception {
        List<Reading> pages = new ArrayList<>();
        try (StubSystem services = new StubSystem();
                // a second instead of five until a page that does not read is disconnected, and frames with all orders
                TestConsole console = new TestConsole(
                        services.url(),
                        0,
                        "--server.tomcat.connection-timeout=1s",
                        "--orderly.console.max-orders-per-second=1000000");
                Socket readsNothing = open(console)) {
            for (int i = 0; i < PAGES; i++) {
                pages.add(new Reading(open(console)));
            }
            await().atMost(TIMEOUT).until(() -> console.openStreams() == PAGES + 1);
            long heapBefore = usedHeap();
            long beganNanos = System.nanoTime();
            placeOrders(console);
            assertThat(orders).as("orders").isGreaterThan(KEPT_ORDERS);
            List<Integer> frames = pages.stream().map(Reading::frames).toList();
            double seconds = (System.nanoTime() - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);

            assertThat(frames)
                    .as("frames in %.1f s", seconds)
                    .allSatisfy(count -> assertThat(count).isBetween(3, (int) (seconds * FRAMES_PER_SECOND) + 2));
            assertThat(console.keptOrders()).isEqualTo(KEPT_ORDERS);
            assertThat(usedHeap() - heapBefore).as("bytes more in the heap").isLessThan(HEAP_BYTES);

            await().atMost(TIMEOUT).until(() -> {
                place(console);
                return console.openStreams() == PAGES;
            });
            assertThat(readsNothing.isClosed()).as("by the test").isFalse();
            for (Reading page : pages) {
                page.socket.close();
            }
            await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
        } finally {
            for (Reading page : pages) {
                page.socket.close();
            }
        }
    }

    /** At the rate, or slower if the machine does not reach it. */
    private void placeOrders(TestConsole console) {
        long intervalNanos = TimeUnit.SECONDS.toNanos(1) / ORDERS_PER_SECOND;
        long beganNanos = System.nanoTime();
        for (long due = 0; due < TimeUnit.SECONDS.toNanos(SECONDS); due += intervalNanos) {
            LockSupport.parkNanos(due - (System.nanoTime() - beganNanos));
            if (System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(2L * SECONDS)) {
                return;
            }
            place(console);
        }
    }

    private void place(TestConsole console) {
        console.read(SampleSaga.confirmed(order(++orders), "ada", Instant.now()));
    }

    private static String order(int number) {
        return "01936f00-0000-7000-8000-%012d".formatted(number);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Socket open(TestConsole console) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), console.port()));
        socket.getOutputStream()
                .write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** A page that counts its frames, until its socket is closed. */
    private static final class Reading {

        private final Socket socket;
        private final AtomicInteger frames = new AtomicInteger();

        Reading(Socket socket) {
            this.socket = socket;
            Thread.ofVirtual().name("page").start(this::read);
        }

        int frames() {
            return frames.get();
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("event:frame")) {
                        frames.incrementAndGet();
                    }
                }
            } catch (IOException _) {
                // the test has closed it
            }
        }
    }
}
