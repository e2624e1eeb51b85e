package io.orderly.lab.bench;

/** Finds the highest rate that a system sustains. */
final class RateSearch {

    private final double growth;
    private final double precision;

    /** Tries a rate. */
    @FunctionalInterface
    interface Trial {

        boolean isSustained(double rate) throws InterruptedException;
    }

    /**
     * @param growth the factor by which the rate is increased until it is too high; above 1
     * @param precision the maximum relative error of the result
     */
    RateSearch(double growth, double precision) {
        this.growth = growth;
        this.precision = precision;
    }

    /**
     * @param first the first rate to try
     * @param lowest the rate below which the search is aborted
     * @return the highest rate that was tried and sustained; 0 if none was
     */
    double highestSustained(double first, double lowest, Trial trial) throws InterruptedException {
        double tooHigh = first;
        double sustained = 0;
        if (trial.isSustained(first)) {
            do {
                sustained = tooHigh;
                tooHigh = sustained * growth;
            } while (trial.isSustained(tooHigh));
        } else {
            while (sustained == 0 && tooHigh / growth >= lowest) {
                double next = tooHigh / growth;
                if (trial.isSustained(next)) {
                    sustained = next;
                } else {
                    tooHigh = next;
                }
            }
        }
        while (sustained > 0 && tooHigh / sustained > 1 + precision) {
            double middle = Math.sqrt(sustained * tooHigh);
            if (trial.isSustained(middle)) {
                sustained = middle;
            } else {
                tooHigh = middle;
            }
        }
        return sustained;
    }
}
