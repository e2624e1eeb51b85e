package io.orderly.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.provider.http.ProviderClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider as a process: kill, full disk, invalid start. */
class PaymentProviderApplicationIntegrationTest {

    private static final int CLIENTS = 16;

    @TempDir
    Path data;

    /** Acknowledged charges: the provider's id by key. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger keys = new AtomicInteger();

    @Test
    void acknowledgedChargesSurviveAKill() throws Exception {
        for (int round = 1; round <= 3; round++) {
            try (var provider = ProviderProcess.start(data)) {
                try (var _ = chargeConcurrently(provider, acknowledged.size() + 400)) {
                    provider.kill();
                }
                provider.awaitExit();
            }
            assertTheBookHoldsAllThatWasAcknowledged();
        }
    }

    @Test
    void requestsInProgressAreCompletedOnTermination() throws Exception {
        try (var provider = ProviderProcess.start(data, "--latency-millis", "400");
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var charges = clients.invokeAll(IntStream.range(0, CLIENTS)
                    .<Callable<ProviderClient.Response>>mapToObj(
                            i -> () -> provider.client().charge("warm-" + i, "cust-1", "1.00"))
                    .toList());
            for (var charge : charges) {
                acknowledged.put(charge.get().field("key"), charge.get().field("id"));
            }
            // The connection is already open, so the request arrives long before its answer is due.
            var last = clients.submit(() -> provider.client().charge("last", "cust-1", "1.00"));
            assertThat(provider.client().get("/health").status()).isEqualTo(200);
            provider.terminate();

            assertThat(last.get().status()).isEqualTo(200);
            acknowledged.put("last", last.get().field("id"));
            assertThat(provider.awaitExit()).isEqualTo(128 + 15);
        }
        assertTheBookHoldsAllThatWasAcknowledged();
    }

    @Test
    void aDisconnectingClientIsNotLoggedAsAnError() throws Exception {
        try (var provider = ProviderProcess.start(data)) {
            for (int i = 0; i < 300; i++) {
                provider.client().charge("key-" + i, "cust-1", "1.00");
            }
            for (int i = 0; i < 5; i++) {
                // More answers than the socket buffers hold, so that the server is still sending.
                provider.disconnectDuring("GET /book?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(300));
            }
            provider.terminate();
            provider.awaitExit();

            assertThat(provider.laterOutput()).isEmpty();
        }
    }

    @Test
    void theProcessStopsWhenTheDiskIsFull() throws Exception {
        var unavailable = new AtomicInteger();
        try (var provider = ProviderProcess.startWithFileLimit(data, 64)) {
            for (boolean up = true; up; ) {
                var key = "key-" + keys.incrementAndGet();
                try {
                    up = note(key, provider.client().charge(key, "cust-1", "1.00"), unavailable);
                } catch (IOException _) {
                    up = false;
                }
            }
            assertThat(unavailable).hasValue(1);
            assertThat(provider.awaitExit()).isEqualTo(1);
        }
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertTheBookHoldsAllThatWasAcknowledged();
    }

    private boolean note(String key, ProviderClient.Response response, AtomicInteger unavailable) {
        if (response.status() == 503) {
            unavailable.incrementAndGet();
            return false;
        }
        acknowledged.put(key, response.field("id"));
        return true;
    }

    @Test
    void aCorruptBookPreventsTheStart() throws Exception {
        try (var provider = ProviderProcess.start(data)) {
            provider.client().charge("a", "cust-1", "1.00");
            provider.client().charge("b", "cust-1", "1.00");
        }
        var journal = data.resolve("book.journal");
        Files.writeString(journal, Files.readString(journal).replaceFirst("1\\.00", "9.00"));

        var failure = ProviderProcess.startExpectingFailure(data);

        assertThat(failure.exitStatus()).isEqualTo(1);
        assertThat(failure.output())
                .contains(journal.toString(), "corrupt at byte 0")
                .doesNotContain("\tat ");
    }

    @Test
    void aBookInUseByAnotherProcessPreventsTheStart() throws Exception {
        try (var _ = ProviderProcess.start(data)) {
            var failure = ProviderProcess.startExpectingFailure(data);

            assertThat(failure.exitStatus()).isEqualTo(1);
            assertThat(failure.output()).contains("in use").doesNotContain("\tat ");
        }
    }

    @Test
    void aPortInUseIsReportedWithTheOptionToChangeIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());

            var failure = ProviderProcess.startExpectingFailure(data, "--port", port);

            assertThat(failure.exitStatus()).isEqualTo(1);
            assertThat(failure.output()).contains(port, "--port").doesNotContain("\tat ");
        }
    }

    @Test
    void invalidOptionsAreRejected() throws Exception {
        var failure = ProviderProcess.startExpectingFailure(data, "--decline-rate", "2");

        assertThat(failure.exitStatus()).isEqualTo(2);
        assertThat(failure.output()).contains("declineRate must be from 0 to 1");
    }

    /**
     * Charges concurrently from many clients until the given number is acknowledged; closing the result waits for all
     * clients.
     */
    private ExecutorService chargeConcurrently(ProviderProcess provider, int until) throws InterruptedException {
        var enough = new CountDownLatch(1);
        var clients = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < CLIENTS; i++) {
            clients.submit(() -> {
                try {
                    while (true) {
                        var key = "key-" + keys.incrementAndGet();
                        var response = provider.client().charge(key, "cust-1", "1.00");
                        if (response.status() == 200) {
                            acknowledged.put(key, response.field("id"));
                        }
                        if (acknowledged.size() >= until) {
                            enough.countDown();
                        }
                    }
                } catch (IOException _) {
                    return; // the provider is stopped
                }
            });
        }
        assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        return clients;
    }

    private void assertTheBookHoldsAllThatWasAcknowledged() throws Exception {
        var found = new HashMap<String, String>();
        try (var provider = ProviderProcess.start(data)) {
            var after = 0L;
            boolean more;
            do {
                var page =
                        provider.client().get("/book?limit=1000&after=" + after).json();
                for (var payment : page.get("payments")) {
                    assertThat(payment.get("status").stringValue()).isEqualTo("CHARGED");
                    var twice = found.put(
                            payment.get("key").stringValue(), payment.get("id").stringValue());
                    assertThat(twice).isNull();
                }
                after = page.get("next").longValue();
                more = page.get("more").booleanValue();
            } while (more);

            assertThat(found).containsAllEntriesOf(acknowledged);
            // Charges in progress at the time of the kill may or may not be stored; there are no others.
            assertThat(found.size() - acknowledged.size()).isBetween(0, CLIENTS * 3);

            var summary = provider.client().get("/book/summary").json();
            var charged = summary.get("byCurrency").get("EUR").get("CHARGED");
            assertThat(charged.get("count").intValue()).isEqualTo(found.size());
            assertThat(charged.get("amount").stringValue()).isEqualTo(found.size() + ".00");
        }
    }
}
