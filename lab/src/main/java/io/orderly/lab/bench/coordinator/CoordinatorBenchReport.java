package io.orderly.lab.bench.coordinator;

import io.orderly.lab.bench.coordinator.Measurement.Phase;
import io.orderly.lab.run.Machine;
import io.orderly.stack.coordinator.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The results of the benchmark, side by side.
 *
 * @param ceiling writes to a server that does nothing
 * @param products ours first, if it was measured
 * @param targets the targets and their results; empty unless both were measured
 */
record CoordinatorBenchReport(
        Instant at,
        Machine machine,
        List<Measurement> ceiling,
        List<ProductResult> products,
        List<CoordinatorTargets.Target> targets) {

    private static final double MEBIBYTE = 1 << 20;

    private record Row(Phase phase, String load, int clients) {}

    /** Whether nearly all requests were answered; otherwise the figures are invalid. */
    boolean isValid() {
        return !products.isEmpty()
                && products.stream()
                        .flatMap(product -> product.measurements().stream())
                        .allMatch(one -> one.latency().count() > 100 * one.failures());
    }

    /** A human-readable table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%nMachine: %d processors, %s, %s, %s",
                machine.processors(), machine.memory(), machine.disk(), machine.java()));
        for (ProductResult product : products) {
            product.settings()
                    .forEach((name, value) -> text.append(line("%-9s %s: %s", product.product(), name, value)));
            text.append(line(
                    "%-9s three members ready with a leader after %.1f s, then %.0f MiB",
                    product.product(),
                    product.startToLeader().toMillis() / 1e3,
                    product.memoryAfterStartBytes() / MEBIBYTE));
        }
        text.append(line("%nA server that does nothing, same generator:"));
        ceiling.forEach(one -> text.append(line(
                "%,6d clients %,10.0f/s, p99 %.1f ms; %.1f µs of processor time per request in the server, %.1f µs in"
                        + " the generator",
                one.clients(), one.perSecond(), one.latency().p99Millis(), one.serverMicros(), one.generatorMicros())));
        text.append(line(
                "%n%-4s %-22s %7s  %-9s %10s %8s %8s %8s %8s %8s %8s",
                "", "load", "clients", "", "per s", "p50 ms", "p99", "p99.9", "CPU µs", "load µs", "MiB"));
        for (Row row : rows()) {
            products.forEach(product -> product.find(row.phase, row.load, row.clients)
                    .ifPresent(one -> text.append(line(
                            "%-4s %-22s %,7d  %-9s %,10.0f %8.2f %8.2f %8.2f %8.0f %8.0f %8.0f",
                            row.phase == Phase.COLD ? "cold" : "warm",
                            row.load,
                            row.clients,
                            product.product(),
                            one.perSecond(),
                            one.latency().p50Millis(),
                            one.latency().p99Millis(),
                            one.latency().p999Millis(),
                            one.serverMicros(),
                            one.generatorMicros(),
                            one.memoryBytes() / MEBIBYTE))));
            ratio(row).ifPresent(text::append);
        }
        text.append(System.lineSeparator());
        products.forEach(product -> text.append(line("%-9s %s", product.product(), product.crowd())));
        for (ProductResult product : products) {
            product.medianGap()
                    .ifPresent(gap -> text.append(line(
                            "%n%-9s next write after a killed leader: median %d ms, of %s ms",
                            product.product(),
                            gap.toMillis(),
                            product.gapsAfterKill().stream()
                                    .map(Duration::toMillis)
                                    .sorted()
                                    .toList())));
            product.checkPerf().forEach(one -> text.append(line("%-9s check perf: %s", product.product(), one)));
        }
        if (!targets.isEmpty()) {
            text.append(line("%n%-60s %-14s %-14s", "target", "goal", "measured"));
            targets.forEach(target -> text.append(line(
                    "%-60s %-14s %-14s %s",
                    target.what(), target.goal(), target.value(), target.isMet() ? "met" : "MISSED")));
        }
        if (!isValid()) {
            text.append(line("INVALID: of some load, more than one request in a hundred failed"));
        }
        return text.toString();
    }

    private Set<Row> rows() {
        Set<Row> rows = new LinkedHashSet<>();
        products.forEach(product ->
                product.measurements().forEach(one -> rows.add(new Row(one.phase(), one.load(), one.clients()))));
        return rows;
    }

    private Optional<String> ratio(Row row) {
        List<Measurement> both = new ArrayList<>();
        products.forEach(
                product -> product.find(row.phase, row.load, row.clients).ifPresent(both::add));
        if (both.size() < 2 || products.getFirst().product() != Product.ORDERLY) {
            return Optional.empty();
        }
        Measurement ours = both.getFirst();
        Measurement other = both.getLast();
        return Optional.of(line(
                "%-36s %-9s %10.2f %8.2f %8.2f %8.2f %8.2f",
                "",
                "ratio",
                ours.perSecond() / other.perSecond(),
                ours.latency().p50Millis() / other.latency().p50Millis(),
                ours.latency().p99Millis() / other.latency().p99Millis(),
                ours.latency().p999Millis() / other.latency().p999Millis(),
                ours.serverMicros() / other.serverMicros()));
    }

    private static String line(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments).stripTrailing() + System.lineSeparator();
    }
}
