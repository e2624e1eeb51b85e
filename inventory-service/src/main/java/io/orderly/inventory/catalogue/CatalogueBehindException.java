package io.orderly.inventory.catalogue;

/** The catalogue of this service does not contain what a client has seen. */
public final class CatalogueBehindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogueBehindException(long seen, long current) {
        super("a client has seen revision %d, the catalogue has %d".formatted(seen, current));
    }
}
