package io.orderly.order.catalogue;

/** The copy of the catalogue does not contain what a client has seen, and has not received it in time. */
public final class CatalogueBehindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogueBehindException(long seen) {
        super("the copy of the catalogue has not reached revision " + seen);
    }
}
