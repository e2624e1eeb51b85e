package io.orderly.kit.security;

/** The service does not start, because it would accept requests that it should not, or could accept none. */
final class SignInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** @param action what to do about it */
    SignInException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
