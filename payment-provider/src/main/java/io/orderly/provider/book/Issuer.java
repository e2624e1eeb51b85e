package io.orderly.provider.book;

import java.util.Optional;

/** The bank that issued the card, which may decline a payment. */
@FunctionalInterface
public interface Issuer {

    /** The reason for a decline; empty to approve. Called once per key, because the book stores the result. */
    Optional<String> decline(String key, Request request);
}
