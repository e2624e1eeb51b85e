package io.orderly.coordinator.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes many runs on all cores. */
public final class SeedSweep {

    private SeedSweep() {}

    /**
     * @param runs to execute; polled one at a time
     * @param progress called after each run
     */
    public static SweepSummary over(Iterator<RunParameters> runs, Consumer<SweepSummary> progress)
            throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        SweepSummary summary = new SweepSummary();
        try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
            for (int i = 0; i < cores; i++) {
                workers.execute(() -> {
                    Simulator simulator = new Simulation();
                    for (RunParameters run = next(runs); run != null; run = next(runs)) {
                        summary.add(simulator.run(run, Trace.OFF));
                        progress.accept(summary);
                    }
                });
            }
            workers.shutdown();
            workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
        return summary;
    }

    private static @Nullable RunParameters next(Iterator<RunParameters> runs) {
        synchronized (runs) {
            return runs.hasNext() ? runs.next() : null;
        }
    }

    /**
     * Repeats a run and writes its trace.
     *
     * @return the file
     */
    public static Path trace(RunParameters run) throws IOException {
        return trace(new Simulation(), run, run.fileName(), _ -> {});
    }

    /** @param lines receives each line of the trace as well */
    static Path trace(Simulator simulator, RunParameters run, String fileName, Consumer<String> lines)
            throws IOException {
        Path file = Simulation.folder().resolve(fileName + ".trace");
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
            RunReport report = simulator.run(run, Trace.to(line -> {
                writer.println(line);
                lines.accept(line);
            }));
            report.violation().ifPresent(writer::println);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return file;
    }

    /** Repeats a run and returns the hash of its trace. */
    public static String digest(RunParameters run) {
        Trace.Digest digest = new Trace.Digest();
        new Simulation().run(run, Trace.to(digest));
        return digest.finish();
    }
}
