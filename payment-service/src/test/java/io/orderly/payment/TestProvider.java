package io.orderly.payment;

import io.orderly.provider.book.Instruction;
import io.orderly.provider.book.Money;
import io.orderly.provider.book.Payment;
import io.orderly.provider.book.Request;
import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.faults.FaultSettings;
import io.orderly.provider.http.ProviderServer;
import io.orderly.provider.journal.DurableBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/** A payment provider in this process, with configurable faults. */
public final class TestProvider {

    private static final FaultSettings NO_FAULTS =
            new FaultSettings(2, 0, 0, 0, 0, 0, 0, false, 1, Map.of("declined", "card_expired"));

    private final DurableBook book;
    private final FaultInjector faults = new FaultInjector(NO_FAULTS);
    private final ProviderServer server;

    private TestProvider(Path folder) throws IOException {
        book = DurableBook.open(folder, InstantSource.system(), failure -> {});
        server = ProviderServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), book, faults);
    }

    public static TestProvider start() {
        try {
            var folder = Files.createTempDirectory("orderly-provider-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return new TestProvider(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://localhost:" + server.address().getPort();
    }

    public void reset() {
        faults.change(NO_FAULTS);
    }

    /** Answers all requests with 503. */
    public void startOutage() {
        faults.change(new FaultSettings(2, 0, 0, 0, 0, 0, 0, true, 1, Map.of()));
    }

    /** Executes requests without answering them. */
    public void loseAnswers() {
        faults.change(new FaultSettings(2, 0, 0, 0, 0, 1, 0, false, 1, Map.of()));
    }

    public void setLatencyMillis(int latencyMillis) {
        faults.change(new FaultSettings(latencyMillis, 0, 0, 0, 0, 0, 0, false, 1, Map.of()));
    }

    /** Injects random errors, lost answers, latency and declines. */
    public void injectFaults(long seed, int slowMillis) {
        faults.change(new FaultSettings(1, 5, 0.05, slowMillis, 0.1, 0.1, 0.1, false, seed, Map.of()));
    }

    public Optional<Payment> find(String key) {
        return book.find(key);
    }

    public void chargeDirectly(String key, String euros) {
        var money = Money.of(euros, Currency.getInstance("EUR"));
        book.execute(new Instruction.Pay(key, new Request(Request.Flow.CHARGE, "somebody", money, "unknown")), faults);
    }

    public void reverseDirectly(String key) {
        book.execute(new Instruction.Reverse(key), faults);
    }

    public DurableBook book() {
        return book;
    }
}
