package io.orderly.provider.book;

import java.util.Optional;

/** The bank behind the card, which may say no. */
@FunctionalInterface
public interface Issuer {

    /** The reason to decline, or empty to approve. Asked once per key; the book remembers the answer. */
    Optional<String> decline(String key, Request request);
}
