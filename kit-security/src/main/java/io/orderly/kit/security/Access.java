package io.orderly.kit.security;

import java.util.Collection;
import java.util.Set;

/** What an endpoint needs. */
public enum Access {

    /** Nothing, not even a token. */
    PUBLIC(Set.of()),

    /** Reads orders and what belongs to them. */
    READ(Set.of(Access.ORDERS_READ, Access.OPERATE_SCOPE)),

    /** Places, cancels and pays orders. */
    WRITE(Set.of(Access.ORDERS_WRITE, Access.OPERATE_SCOPE)),

    /** For operators. */
    OPERATE(Set.of(Access.OPERATE_SCOPE));

    private static final String ORDERS_READ = "orders:read";
    private static final String ORDERS_WRITE = "orders:write";

    /** The scope of operators, who may access the data of all customers. */
    static final String OPERATE_SCOPE = "operate";

    private final Set<String> scopes;

    /** @param scopes each of which is sufficient; empty if none is needed */
    Access(Set<String> scopes) {
        this.scopes = scopes;
    }

    /** Whether a token with these scopes is sufficient; a request without a token has none. */
    boolean permits(Collection<String> granted) {
        return scopes.isEmpty() || granted.stream().anyMatch(scopes::contains);
    }
}
