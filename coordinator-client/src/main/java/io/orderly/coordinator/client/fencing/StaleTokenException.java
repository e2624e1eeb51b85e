package io.orderly.coordinator.client.fencing;

import io.orderly.coordinator.client.FencingToken;

/** A write with the token of an earlier holder: another one has used the resource since. Unchecked, so that Spring rolls back. */
public final class StaleTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleTokenException(String resource, FencingToken token) {
        super("token %s is older than the last one that %s was used with".formatted(token, resource));
    }
}
