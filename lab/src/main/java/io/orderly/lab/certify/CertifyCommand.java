package io.orderly.lab.certify;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.conformance.Certification;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Subject;
import io.orderly.lab.conformance.Subject.Inventory;
import io.orderly.lab.conformance.Subject.Payment;
import io.orderly.lab.conformance.Subject.Shipping;
import io.orderly.lab.conformance.Timing;
import io.orderly.lab.report.ConsoleReport;
import io.orderly.lab.report.HtmlReport;
import io.orderly.lab.report.JUnitReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./run certify}: plays the contract to a participant. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        description = {
            "Plays the contract of asyncapi.yaml to a participant in any language: each command, copies, repeated, late and reordered "
                    + "commands, unknown and malformed messages, and a kill.",
            "It sends commands for new orders to the participant's topic, which change its data: use a system for tests, without an "
                    + "order-service.",
            "Exits with 0 if all rules are kept, with 1 if one is broken, with 3 if none is broken but not all are decided, and with 4 if "
                    + "the broker cannot be used."
        })
public final class CertifyCommand {

    private static final int BROKEN = 1;
    private static final int NOT_DECIDED = 3;
    private static final int NO_BROKER = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "inventory",
            mixinStandardHelpOptions = true,
            exitCodeOnExecutionException = NO_BROKER,
            description = "Certifies a participant that reserves, releases and commits stock.")
    int inventory(
            @Option(
                            names = "--sku",
                            paramLabel = "<sku>",
                            defaultValue = "PENCIL-HB",
                            description = "a product with some hundred units on hand; default ${DEFAULT-VALUE}")
                    String sku,
            @Option(
                            names = "--scarce-sku",
                            paramLabel = "<sku>",
                            defaultValue = "BOOK-FIRST-EDITION",
                            description = "a product with few units; default ${DEFAULT-VALUE}")
                    String scarceSku,
            @Option(
                            names = "--scarce-units",
                            paramLabel = "<n>",
                            defaultValue = "6",
                            description =
                                    "at most as many as there are units of it on hand, and more than half of them; "
                                            + "default ${DEFAULT-VALUE}")
                    int scarceUnits,
            @Mixin Conditions conditions)
            throws IOException {
        if (scarceUnits < 1 || scarceUnits > OrderLine.MAX_QUANTITY) {
            throw invalid("--scarce-units must be 1 to " + OrderLine.MAX_QUANTITY);
        }
        return certify(
                new Inventory(
                        valid("--sku", () -> new Sku(sku)),
                        valid("--scarce-sku", () -> new Sku(scarceSku)),
                        scarceUnits),
                conditions);
    }

    @Command(
            name = "payment",
            mixinStandardHelpOptions = true,
            exitCodeOnExecutionException = NO_BROKER,
            description = "Certifies a participant that charges and refunds.")
    int payment(
            @Option(
                            names = "--customer",
                            paramLabel = "<id>",
                            description =
                                    "a customer whose account covers the scarce amount, but not twice; default: a new one")
                    @Nullable String customer,
            @Option(
                            names = "--scarce-amount",
                            paramLabel = "<amount>",
                            defaultValue = "600000.00",
                            description = "with two decimals; default ${DEFAULT-VALUE}")
                    String amount,
            @Option(
                            names = "--currency",
                            paramLabel = "<code>",
                            defaultValue = "EUR",
                            description = "of the customer's account; default ${DEFAULT-VALUE}")
                    String currency,
            @Mixin Conditions conditions)
            throws IOException {
        Money scarce = valid("--scarce-amount or --currency", () -> Money.of(amount, currency));
        if (!scarce.isPositive()) {
            throw invalid("--scarce-amount must be above zero");
        }
        String id = customer == null ? "certify-" + UUID.randomUUID() : customer;
        return certify(new Payment(valid("--customer", () -> CustomerId.of(id)), scarce), conditions);
    }

    @Command(
            name = "shipping",
            mixinStandardHelpOptions = true,
            exitCodeOnExecutionException = NO_BROKER,
            description = "Certifies a participant that schedules and cancels shipments.")
    int shipping(
            @Option(
                            names = "--country",
                            paramLabel = "<code>",
                            defaultValue = "DE",
                            description = "to which it ships, with some hundred free slots; default ${DEFAULT-VALUE}")
                    String country,
            @Mixin Conditions conditions)
            throws IOException {
        if (!country.matches("[A-Z]{2}")) {
            throw invalid("--country must be two capital letters");
        }
        return certify(new Shipping(country), conditions);
    }

    private int certify(Subject subject, Conditions conditions) throws IOException {
        Timing timing = valid("--patience or --quiet", conditions::timing);
        try (KafkaWire wire = KafkaWire.connect(
                conditions.bootstrapServers(), conditions.kafkaSettings(), subject.topic(), conditions.restart())) {
            out().printf(
                            "Certifying %s at %s, seed %d%n",
                            subject.name(), conditions.bootstrapServers(), conditions.seed());
            Instant at = Instant.now();
            List<RuleResult> results = new Certification(
                            subject, conditions.seed(), timing, wire, InstantSource.system(), result -> {
                                ConsoleReport.of(result).forEach(out()::println);
                                out().flush();
                            })
                    .run();
            var certificate =
                    new Certificate(subject.name(), at, conditions.seed(), circumstances(subject, conditions), results);
            out().println(certificate.summary());
            write(certificate, conditions.folder().path().resolve("reports"));
            return certificate.failed() > 0 ? BROKEN : certificate.notDecided() > 0 ? NOT_DECIDED : 0;
        }
    }

    private static Map<String, String> circumstances(Subject subject, Conditions conditions) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("data", subject.toString());
        conditions.describe(all);
        return all;
    }

    private void write(Certificate certificate, Path reports) throws IOException {
        Files.createDirectories(reports);
        String name = "certify-" + certificate.participant();
        Path page = reports.resolve(name + ".html");
        Path xml = reports.resolve(name + ".xml");
        Files.writeString(page, HtmlReport.of(certificate));
        Files.writeString(xml, JUnitReport.of(certificate));
        out().printf("Report: %s%nJUnit XML: %s%n", page, xml);
        out().flush();
    }

    private <T> T valid(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw invalid(option + ": " + e.getMessage());
        }
    }

    private ParameterException invalid(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not created by picocli");
        }
        return spec;
    }
}
