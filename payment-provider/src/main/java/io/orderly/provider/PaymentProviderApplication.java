package io.orderly.provider;

import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.faults.FaultSettings;
import io.orderly.provider.faults.InvalidSettingException;
import io.orderly.provider.http.ProviderServer;
import io.orderly.provider.journal.CorruptJournalException;
import io.orderly.provider.journal.DurableBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The main class: reads the options, opens the book, and serves it until a signal stops the process or the disk fails.
 */
@Command(
        name = "payment-provider",
        description = "A simulated payment provider with a durable book.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
public final class PaymentProviderApplication implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
    private String host;

    @Option(names = "--port", defaultValue = "8084", description = "Port to listen on; 0 takes a free one.")
    private int port;

    @Option(names = "--data", required = true, description = "Directory of the book; created if it does not exist.")
    private Path data;

    @Option(names = "--latency-millis", defaultValue = "5", description = "Minimum latency of each payment request.")
    private int latencyMillis;

    @Option(names = "--jitter-millis", defaultValue = "0", description = "Maximum random latency added to it.")
    private int jitterMillis;

    @Option(names = "--slow-rate", defaultValue = "0", description = "Probability that a request is slow, 0 to 1.")
    private double slowRate;

    @Option(names = "--slow-millis", defaultValue = "0", description = "Latency added to a slow request.")
    private int slowMillis;

    @Option(
            names = "--error-rate",
            defaultValue = "0",
            description = "Probability that a request fails before it is executed, 0 to 1.")
    private double errorRate;

    @Option(
            names = "--lost-answer-rate",
            defaultValue = "0",
            description = "Probability that a request is executed but its answer is lost, 0 to 1.")
    private double lostAnswerRate;

    @Option(
            names = "--decline-rate",
            defaultValue = "0",
            description = "Probability that a payment is declined, 0 to 1.")
    private double declineRate;

    @Option(names = "--outage", description = "Start with an outage.")
    private boolean outage;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all random decisions.")
    private long seed;

    @Option(
            names = "--declined-account",
            paramLabel = "ACCOUNT=REASON",
            description = "An account that is always declined, and the reason; may be repeated.")
    private Map<String, String> declinedAccounts = Map.of();

    /**
     * Runs the provider until a signal stops it; otherwise exits with status 2 for invalid options, and with 1 for any
     * other failure.
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PaymentProviderApplication()).execute(args));
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var address = address();
        var faults = new FaultInjector(settings());
        var diskFailure = new CompletableFuture<Throwable>();
        try {
            var book = DurableBook.open(data, InstantSource.system(), diskFailure::complete);
            var server = ProviderServer.start(address, book, faults);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, book, err), "stop"));
            out.printf(
                    "Payment provider on http://%s:%d, %d payments in %s%n",
                    host, server.address().getPort(), book.summary().payments(), data.toAbsolutePath());
            out.flush();
        } catch (BindException e) {
            err.printf(
                    "Port %d of %s cannot be bound (%s); choose another one with --port%n", port, host, e.getMessage());
            return 1;
        } catch (CorruptJournalException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            err.printf("The book in %s cannot be opened: %s%n", data.toAbsolutePath(), e);
            return 1;
        }
        // Blocks until the disk fails; a signal ends the process otherwise.
        err.printf(
                "The book can no longer be written, stopping: %s%n",
                diskFailure.join().getMessage());
        return 1;
    }

    private InetSocketAddress address() {
        if (port < 0 || port > 65_535) {
            throw invalidOption("--port", "must be from 0 to 65535");
        }
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw invalidOption("--host", "is unknown: " + host);
        }
        return address;
    }

    private FaultSettings settings() {
        try {
            return new FaultSettings(
                    latencyMillis,
                    jitterMillis,
                    slowRate,
                    slowMillis,
                    errorRate,
                    lostAnswerRate,
                    declineRate,
                    outage,
                    seed,
                    declinedAccounts);
        } catch (InvalidSettingException e) {
            throw invalidOption(e.field(), e.getMessage());
        }
    }

    private CommandLine.ParameterException invalidOption(String option, String message) {
        return new CommandLine.ParameterException(spec.commandLine(), option + " " + message);
    }

    private static void stop(ProviderServer server, DurableBook book, PrintWriter err) {
        server.close();
        try {
            book.close();
        } catch (IOException e) {
            err.println("The book could not be closed: " + e.getMessage());
        }
    }
}
