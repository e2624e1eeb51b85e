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

/** The real provider in this process, whose manners can be changed. */
public final class TestProvider {

    private static final FaultSettings WELL_BEHAVED =
            new FaultSettings(2, 0, 0, 0, 0, 0, 0, false, 1, Map.of("declined", "card_expired"));

    private final DurableBook book;
    private final FaultInjector faults = new FaultInjector(WELL_BEHAVED);
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

    public void behaveWell() {
        faults.change(WELL_BEHAVED);
    }

    /** Answers nothing but 503. */
    public void goOut() {
        faults.change(new FaultSettings(2, 0, 0, 0, 0, 0, 0, true, 1, Map.of()));
    }

    /** Does all it is asked for, and tells nobody. */
    public void loseAnswers() {
        faults.change(new FaultSettings(2, 0, 0, 0, 0, 1, 0, false, 1, Map.of()));
    }

    public void takeMillis(int latencyMillis) {
        faults.change(new FaultSettings(latencyMillis, 0, 0, 0, 0, 0, 0, false, 1, Map.of()));
    }

    /** Fails, loses and delays at random, and declines some. */
    public void behaveBadly(long seed, int slowMillis) {
        faults.change(new FaultSettings(1, 5, 0.05, slowMillis, 0.1, 0.1, 0.1, false, seed, Map.of()));
    }

    public Optional<Payment> find(String key) {
        return book.find(key);
    }

    public void chargeBehindOurBack(String key, String euros) {
        var money = Money.of(euros, Currency.getInstance("EUR"));
        book.follow(new Instruction.Pay(key, new Request(Request.Flow.CHARGE, "somebody", money, "unknown")), faults);
    }

    public void reverseBehindOurBack(String key) {
        book.follow(new Instruction.Reverse(key), faults);
    }

    public DurableBook book() {
        return book;
    }
}
