package io.orderly.coordinator.client;

/** A request whose attempts have all failed. */
final class CallFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean effectUnknown;

    /**
     * @param failure of the last attempt
     * @param effectUnknown whether any attempt may have had an effect
     */
    CallFailed(Failure failure, boolean effectUnknown) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
        this.effectUnknown = effectUnknown;
    }

    Failure failure() {
        return failure;
    }

    boolean isEffectUnknown() {
        return effectUnknown;
    }

    CoordinatorException forReader() {
        return new CoordinatorException(getMessage());
    }
}
