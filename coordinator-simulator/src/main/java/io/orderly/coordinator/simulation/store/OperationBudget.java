package io.orderly.coordinator.simulation.store;

/** How many operations clients may start, have started, and have finished. */
final class OperationBudget {

    private int most;
    private int begun;
    private int inFlight;
    private int answered;
    private int unanswered;

    void allow(int more) {
        most = begun + more;
    }

    /** @return whether one more operation may start now */
    boolean begin() {
        if (begun >= most) {
            return false;
        }
        begun++;
        inFlight++;
        return true;
    }

    void answered() {
        inFlight--;
        answered++;
    }

    void unanswered() {
        inFlight--;
        unanswered++;
    }

    int answeredCount() {
        return answered;
    }

    int unansweredCount() {
        return unanswered;
    }

    /** @return empty if all allowed operations have started and ended */
    String missing(String kind) {
        return begun >= most && inFlight == 0 ? "" : "%s wait: %d operations are pending".formatted(kind, inFlight);
    }
}
