package io.orderly.lab.bench;

/** Finds the highest rate that a system holds. */
final class RateSearch {

    private final double growth;
    private final double precision;

    /** Tries a rate. */
    @FunctionalInterface
    interface Trial {

        boolean holds(double rate) throws InterruptedException;
    }

    /**
     * @param growth by which the rate is multiplied until it is too high; above 1
     * @param precision how far, as a share, the answer may be below the truth
     */
    RateSearch(double growth, double precision) {
        this.growth = growth;
        this.precision = precision;
    }

    /**
     * @param first where to begin
     * @param lowest where to give up
     * @return the highest rate that was tried and held; 0 if not even the lowest did
     */
    double highestHeld(double first, double lowest, Trial trial) throws InterruptedException {
        double tooHigh = first;
        double held = 0;
        if (trial.holds(first)) {
            do {
                held = tooHigh;
                tooHigh = held * growth;
            } while (trial.holds(tooHigh));
        } else {
            while (held == 0 && tooHigh / growth >= lowest) {
                double next = tooHigh / growth;
                if (trial.holds(next)) {
                    held = next;
                } else {
                    tooHigh = next;
                }
            }
        }
        while (held > 0 && tooHigh / held > 1 + precision) {
            double middle = Math.sqrt(held * tooHigh);
            if (trial.holds(middle)) {
                held = middle;
            } else {
                tooHigh = middle;
            }
        }
        return held;
    }
}
