package io.orderly.lab.crash;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The cells that have not been tried yet. Workers take cells concurrently, at most one per service at a time. Thread-safe. */
final class CellQueue {

    private final List<MatrixCell> left;
    private final Set<MatrixCell> required;
    private final BooleanSupplier isTimeUp;
    private final Set<String> busyServices = new HashSet<>();
    private boolean aborted;

    /**
     * @param cells in the order in which they are tried
     * @param required the cells that are tried even when the time is up
     */
    CellQueue(List<MatrixCell> cells, List<MatrixCell> required, BooleanSupplier isTimeUp) {
        this.left = new ArrayList<>(cells);
        this.required = Set.copyOf(required);
        this.isTimeUp = isTimeUp;
    }

    /** What is done with a cell. */
    @FunctionalInterface
    interface Attempt<T> {
        T on(MatrixCell cell) throws InterruptedException;
    }

    /**
     * Tries cells until no further cell is to be tried. If an attempt fails, no worker tries a further cell.
     *
     * @return the results of this worker's attempts
     */
    <T> List<T> tryAll(Attempt<T> attempt) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Optional<MatrixCell> next = take(); next.isPresent(); next = take()) {
            MatrixCell cell = next.get();
            try {
                results.add(attempt.on(cell));
            } catch (RuntimeException | Error e) {
                abort();
                throw e;
            } finally {
                release(cell);
            }
        }
        return results;
    }

    /**
     * Takes a cell, which has to be released afterwards. Waits while the services of all remaining cells are busy.
     *
     * @return empty if no further cell is to be tried
     */
    synchronized Optional<MatrixCell> take() throws InterruptedException {
        while (true) {
            List<MatrixCell> candidates = candidates();
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            for (MatrixCell cell : candidates) {
                if (busyServices.add(cell.service())) {
                    left.remove(cell);
                    return Optional.of(cell);
                }
            }
            wait();
        }
    }

    synchronized void release(MatrixCell cell) {
        busyServices.remove(cell.service());
        notifyAll();
    }

    /** From now on, no further cell is to be tried. */
    synchronized void abort() {
        aborted = true;
        notifyAll();
    }

    /** The cells that have not been taken. */
    synchronized List<MatrixCell> left() {
        return List.copyOf(left);
    }

    private List<MatrixCell> candidates() {
        if (aborted) {
            return List.of();
        }
        return isTimeUp.getAsBoolean()
                ? left.stream().filter(required::contains).toList()
                : List.copyOf(left);
    }
}
